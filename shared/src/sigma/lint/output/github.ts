import { type LintReport, placed } from './report.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Findings as workflow commands, which GitHub shows beside the lines of a change. What could end a command is escaped. */
export function githubReport(report: LintReport): string {
  return placed(report)
    .map(({ finding, file, region }) => {
      // GitHub takes columns for one line only.
      const columns =
        region.endLine === region.startLine ? `,col=${region.startColumn},endColumn=${region.endColumn}` : '';
      const place = `file=${property(file)},line=${region.startLine},endLine=${region.endLine}${columns}`;
      return `::${LEVELS[finding.severity]} ${place},title=${property(finding.code)}::${data(finding.message)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
