import type { Report } from './check.ts';
import type { LintDocument } from './lint-document.ts';
import { headSpan } from './places.ts';

/** Reports that a rule does not say `key`; an empty value says nothing either. */
export function reportMissing(document: LintDocument, key: string, report: Report): void {
  const value = document.entry(key)?.value;
  if (value === undefined || (value.kind === 'scalar' && value.value === null))
    report(headSpan(document), `The rule has no ${key}.`);
}
