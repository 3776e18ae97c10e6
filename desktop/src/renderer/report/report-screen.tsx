export function ReportScreen() {
  return <div className="screen" />;
}
