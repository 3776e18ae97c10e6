export function PackageScreen() {
  return <div className="screen" />;
}
