import type { LintDocument } from './lint-document.ts';

/** The major version of the specification that a document is written for: 2 where it does not say (SIGMA S3). NaN where it says nonsense. */
export function sigmaVersion(document: LintDocument): number {
  const found = document.textOf('sigma-version');
  if (found === undefined) return document.entry('sigma-version') === undefined ? 2 : Number.NaN;
  return /^\d+(\.\d+)*$/.test(found.text) ? Number.parseInt(found.text, 10) : Number.NaN;
}

/** A selector of array members as version 3 has it: `[any]`, `[all]`, `[0]`, … */
export const ARRAY_SELECTOR = /\[(any|all|all_or_empty|none|-?\d+)\]/;
