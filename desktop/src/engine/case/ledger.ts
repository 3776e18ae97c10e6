import type { Act, ActBody } from '@dbwitness/shared/evidence/acts.ts';
import type { Json } from '@dbwitness/shared/evidence/canonical-json.ts';

/** What the engine needs of a case's custody ledger; `custody/ledger-file.ts` is the one on disk. */
export interface Ledger {
  /**
   * Writes one entry and waits until it is on disk; only then may the act take effect (EVIDENCE §5). `detail` holds free
   * text and values from evidence: it goes to a body file of its own, which can be withheld later.
   */
  append<A extends Act>(
    act: A,
    body: ActBody<A>,
    object: readonly string[],
    options?: { readonly detail?: Json },
  ): Promise<unknown>;
  /** How many entries speak of the intake of this id: tells after a crash how far an import had come. */
  entriesOf(intake: string): Promise<number>;
  state(): LedgerSummary;
  close(): Promise<void>;
}

export interface LedgerSummary {
  readonly entries: number;
  readonly state: 'intact' | 'recovered' | 'broken';
  readonly unsigned: number;
}
