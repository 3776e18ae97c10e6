import type { Edit, Finding } from './finding.ts';

export interface FixedText {
  readonly text: string;
  /** The findings whose fixes are in it. */
  readonly applied: readonly Finding[];
}

/**
 * Mends one file's text. Fixes go in by the place of their finding, each whole or not at all: one that touches what an
 * earlier one changed is left for the next round. `which` says whether fixes that can change meaning are wanted too.
 */
export function applyFixes(text: string, findings: readonly Finding[], which: 'safe' | 'all'): FixedText {
  const edits: Edit[] = [];
  const applied: Finding[] = [];
  for (const finding of findings) {
    const { fix } = finding;
    if (fix === undefined || (which === 'safe' && !fix.safe)) continue;
    if (fix.edits.some((edit) => edits.some((other) => touches(edit, other)))) continue;
    edits.push(...fix.edits);
    applied.push(finding);
  }
  edits.sort((a, b) => b.span.from - a.span.from);
  let fixed = text;
  for (const { span, text: put } of edits) fixed = fixed.slice(0, span.from) + put + fixed.slice(span.to);
  return { text: fixed, applied };
}

function touches(a: Edit, b: Edit): boolean {
  return (
    (a.span.from < b.span.to && b.span.from < a.span.to) ||
    (a.span.from === b.span.from && (a.span.to === a.span.from || b.span.to === b.span.from))
  );
}
