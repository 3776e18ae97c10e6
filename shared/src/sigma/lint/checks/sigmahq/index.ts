import type { Check } from '../../check.ts';

/** SigmaHQ's validators (SIGMA §9.2), under their ids. */
export const SIGMAHQ_CHECKS: readonly Check[] = [];
