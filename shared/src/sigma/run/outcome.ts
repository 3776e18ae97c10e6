import type { RuleRun } from '../detection.ts';
import type { planRule } from '../plan/plan.ts';

/** What a run found out about one rule, as far as it differs from nothing. */
export type Outcome = Partial<RuleRun> & Pick<RuleRun, 'status'>;

export type Planned = ReturnType<typeof planRule>;

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Each note once, where there are any. */
export function notesOf(notes: readonly string[]): Pick<RuleRun, 'notes'> {
  return notes.length === 0 ? {} : { notes: [...new Set(notes)] };
}
