import type { Finding } from '../finding.ts';
import type { LintDocument } from '../lint-document.ts';
import { type LineIndex, lineIndex, type Region } from './line-index.ts';

/** What one run of the linter found, for every form of output. */
export interface LintReport {
  readonly findings: readonly Finding[];
  /** Texts by file name, to which the places refer. */
  readonly texts: ReadonlyMap<string, string>;
  readonly documents: readonly LintDocument[];
  /** Findings that comments and exclusions took out. */
  readonly suppressed: number;
  /** Files that are no Sigma rules. */
  readonly passedOver: readonly string[];
  /** What --fix did, by file. */
  readonly fixed: readonly FixedFile[];
}

export interface FixedFile {
  readonly file: string;
  readonly changes: readonly { readonly code: string; readonly title: string; readonly line: number }[];
}

/** A finding with its place as people and editors count. */
export interface Placed {
  readonly finding: Finding;
  readonly file: string;
  readonly region: Region;
  readonly lines: LineIndex;
}

export function placed({ findings, texts }: LintReport): readonly Placed[] {
  const indexes = new Map<string, LineIndex>();
  const indexOf = (file: string) => {
    const known = indexes.get(file) ?? lineIndex(texts.get(file) ?? '');
    indexes.set(file, known);
    return known;
  };
  return findings.map((finding) => {
    const file = finding.at?.file ?? '';
    const lines = indexOf(file);
    const line = finding.at?.line ?? 1;
    const region =
      finding.at?.span === undefined
        ? { startLine: line, startColumn: 1, endLine: line, endColumn: 1 }
        : lines.region(finding.at.span);
    return { finding, file, region, lines };
  });
}

/** `3 errors, 1 warning`: nothing is left out but what is none. */
export function sums(findings: readonly Finding[]): string {
  const counted = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const word = severity === 'info' || count === 1 ? severity : `${severity}s`;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counted.length === 0 ? 'no findings' : counted.join(', ');
}
