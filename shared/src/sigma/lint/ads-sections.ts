import type { LintDocument } from './lint-document.ts';

/** How keys begin that document a rule in the Alerting and Detection Strategy framework, as rsigma writes them. */
export const ADS_PREFIX = 'rsigma.ads.';

/** The framework's sections that have keys of their own. */
export const ADS_KEYS = [
  'strategy',
  'technical_context',
  'blind_spots',
  'validation',
  'priority',
  'response',
];

/** All sections: three of them are standard keys of a rule. */
export const ADS_SECTIONS = ['goal', 'categorization', 'false_positives', ...ADS_KEYS];

/** Whether the rule asks to be left out. */
export function isExempt(document: LintDocument): boolean {
  const value = document.entry(`${ADS_PREFIX}exempt`)?.value;
  return value?.kind === 'scalar' && value.value === true;
}
