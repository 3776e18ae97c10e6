import type { Check } from '../../check.ts';

/** Checks that no other tool has. */
export const OWN_CHECKS: readonly Check[] = [];
