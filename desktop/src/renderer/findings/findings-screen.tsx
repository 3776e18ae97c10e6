export function FindingsScreen() {
  return <div className="screen" />;
}
