export function CustodyScreen() {
  return <div className="screen" />;
}
