import type { Check } from '../../check.ts';

/** Checks that other tools have beyond pySigma's. */
export const OTHERS_CHECKS: readonly Check[] = [];
