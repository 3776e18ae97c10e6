import { applyFixes } from './apply-fixes.ts';
import type { Finding } from './finding.ts';

export interface Named {
  readonly name: string;
  readonly text: string;
}

export interface Mended<R> {
  readonly files: readonly Named[];
  /** What the last round found: what is left. */
  readonly result: R;
  /** The findings that were mended, in the order in which that was done. */
  readonly applied: readonly Finding[];
}

/** One fix can lay open the next; more rounds than this mean that two fixes undo each other. */
const MOST_ROUNDS = 10;

/** Lints and applies safe fixes until there is nothing left to mend. */
export function mend<R extends { readonly findings: readonly Finding[] }>(
  files: readonly Named[],
  lint: (files: readonly Named[]) => R,
): Mended<R> {
  let texts = files;
  let result = lint(texts);
  const applied: Finding[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const byFile = new Map<string, Finding[]>();
    for (const finding of result.findings) {
      if (finding.fix?.safe !== true) continue;
      const file = finding.at?.file ?? '';
      byFile.set(file, [...(byFile.get(file) ?? []), finding]);
    }
    if (byFile.size === 0) break;
    texts = texts.map((file) => {
      const fixed = applyFixes(file.text, byFile.get(file.name) ?? [], 'safe');
      applied.push(...fixed.applied);
      return fixed.applied.length === 0 ? file : { ...file, text: fixed.text };
    });
    result = lint(texts);
  }
  return { files: texts, result, applied };
}
