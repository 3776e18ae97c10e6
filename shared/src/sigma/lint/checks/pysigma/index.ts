import type { Check } from '../../check.ts';

/** pySigma's core validators (SIGMA §9.1), under pySigma's ids. */
export const PYSIGMA_CHECKS: readonly Check[] = [];
