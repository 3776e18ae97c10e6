export function SessionsScreen() {
  return <div className="screen" />;
}
