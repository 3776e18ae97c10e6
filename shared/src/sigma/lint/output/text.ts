import { visible } from '../../../text/problem.ts';
import { type LintReport, type Placed, placed, sums } from './report.ts';

/**
 * Findings as lines: `file:line:column severity message (id)`, on a terminal with the source line and the place underlined, and
 * the sums at the end.
 */
export function textReport(report: LintReport, onTerminal: boolean): string {
  const lines: string[] = [];
  for (const { file, changes } of report.fixed) {
    for (const { line, title, code } of changes) lines.push(`${file}:${line} fixed: ${title} (${code})`);
  }
  if (lines.length > 0) lines.push('');
  for (const one of placed(report)) {
    const { finding, file, region } = one;
    lines.push(
      `${file}:${region.startLine}:${region.startColumn} ${finding.severity} ${finding.message} (${finding.code})`,
    );
    if (onTerminal) lines.push(...underlined(one), '');
  }
  if (!onTerminal && report.findings.length > 0) lines.push('');
  lines.push(summary(report));
  return lines.join('\n');
}

/** What was found, as one line. */
export function summary({ findings, documents, suppressed, fixed }: LintReport): string {
  const changes = fixed.reduce((sum, { changes }) => sum + changes.length, 0);
  const fixable = findings.filter(({ fix }) => fix?.safe === true).length;
  const parts = [
    `${documents.length} ${documents.length === 1 ? 'rule' : 'rules'}: ${sums(findings)}`,
    ...(changes > 0 ? [`${changes} fixed`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(fixable > 0 ? [`--fix mends ${fixable}`] : []),
  ];
  return `${parts.join('; ')}.`;
}

/** The first line of the place with marks below it; tabs stand in both, so that they agree. */
function underlined({ region, lines }: Placed): readonly string[] {
  const line = lines.line(region.startLine);
  const start = region.startColumn - 1;
  const end = region.endLine === region.startLine ? region.endColumn - 1 : line.length;
  const shown = visible(line.replaceAll('\t', '  ')).slice(0, 160);
  const width = (text: string) => [...visible(text.replaceAll('\t', '  '))].length;
  const before = width(line.slice(0, start));
  if (before >= 160) return [];
  const marks = Math.max(1, Math.min(width(line.slice(start, end)), 160 - before));
  const number = String(region.startLine);
  return [
    `  ${number} | ${shown}`,
    `  ${' '.repeat(number.length)} | ${' '.repeat(before)}${'^'.repeat(marks)}`,
  ];
}
