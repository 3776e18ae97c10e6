import type { Finding } from '../finding.ts';
import { lineIndex, type Region } from './line-index.ts';
import { type LintReport, placed } from './report.ts';

/** Findings as plain data: what `--json` prints. Lines and columns count from 1, columns in UTF-16 code units. */
export function jsonReport(report: LintReport) {
  const count = (severity: Finding['severity']) =>
    report.findings.filter((finding) => finding.severity === severity).length;
  return {
    findings: placed(report).map(({ finding, file, region }) => ({
      code: finding.code,
      severity: finding.severity,
      message: finding.message,
      file,
      ...region,
      ...(finding.fix === undefined ? {} : { fix: fixOf(finding.fix, report.texts.get(file) ?? '') }),
    })),
    rules: report.documents.length,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    suppressed: report.suppressed,
    fixed: report.fixed,
    passedOver: report.passedOver,
  };
}

function fixOf({ title, safe, edits }: NonNullable<Finding['fix']>, text: string) {
  const lines = lineIndex(text);
  return {
    title,
    safe,
    edits: edits.map(({ span, text: put }): Region & { readonly text: string } => ({
      ...lines.region(span),
      text: put,
    })),
  };
}
