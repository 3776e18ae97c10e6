export function EvidenceScreen() {
  return <div className="screen" />;
}
