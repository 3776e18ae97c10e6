import type { Check } from '../check.ts';
import { OTHERS_CHECKS } from './others/index.ts';
import { OWN_CHECKS } from './own/index.ts';
import { PYSIGMA_CHECKS } from './pysigma/index.ts';
import { SIGMAHQ_CHECKS } from './sigmahq/index.ts';

/** Every check there is. */
export const CHECKS: readonly Check[] = [
  ...PYSIGMA_CHECKS,
  ...SIGMAHQ_CHECKS,
  ...OTHERS_CHECKS,
  ...OWN_CHECKS,
];
