import type { StatementFacts } from '@dbwitness/shared/events/statement-facts.ts';
import type { Dialect } from '@dbwitness/shared/sql/facts.ts';
import type { Understanding } from '@dbwitness/shared/sql/understanding.ts';
import type { StatementRow } from '../store/row-batch.ts';
import { IMPORT_LIMITS } from './limits.ts';

export interface BookEntry {
  readonly id: number;
  readonly facts: StatementFacts;
}

/**
 * The distinct statement texts of one exhibit, each understood once. Forgets and starts afresh beyond a bound, so that a
 * file of ten million different texts needs no more memory than one of ten thousand; the store folds what comes twice.
 */
export class StatementBook {
  readonly #understand: Understanding;
  readonly #dialect: Dialect;
  #whole = new Map<string, BookEntry>();
  #truncated = new Map<string, BookEntry>();
  #chars = 0;
  #next = 1;

  constructor(understand: Understanding, dialect: Dialect) {
    this.#understand = understand;
    this.#dialect = dialect;
  }

  /** The entry of a text; `added` gets its row when it is new. */
  lookUp(text: string, truncated: boolean, added: (row: StatementRow) => void): BookEntry {
    const book = truncated ? this.#truncated : this.#whole;
    const known = book.get(text);
    if (known !== undefined) return known;
    if (this.#chars + text.length > IMPORT_LIMITS.statementChars) {
      this.#whole = new Map();
      this.#truncated = new Map();
      this.#chars = 0;
    }
    const facts = this.#understand(text, truncated);
    const entry: BookEntry = { id: this.#next++, facts };
    (truncated ? this.#truncated : this.#whole).set(text, entry);
    this.#chars += text.length + 200;
    added({ id: entry.id, text, dialect: this.#dialect, truncated, facts });
    return entry;
  }
}
