/** How a pgAudit statement id follows the one before it in its session. */
export type Succession = 'first' | 'next' | 'jump';

interface Place {
  last: number;
  /** An id that did not follow: the true line goes on either from it or from `last`. */
  stray: number | undefined;
}

/**
 * STATEMENT_ID counts 1..n in a session (FORMATS.md 5, continuity): an id that does not follow is a lost record or an
 * invented one. Which of the two, the next record tells, so both lines are kept until then.
 */
export class AuditSequence {
  readonly #sessions = new Map<string, Place>();

  take(session: string, id: number): Succession {
    const place = this.#sessions.get(session);
    if (place === undefined) {
      // Sessions end without saying so; the oldest make room.
      if (this.#sessions.size >= 65_536) this.#sessions.delete(this.#sessions.keys().next().value ?? '');
      this.#sessions.set(session, { last: id, stray: undefined });
      return 'first';
    }
    const { last, stray } = place;
    if (id === last || id === last + 1 || (stray !== undefined && (id === stray || id === stray + 1))) {
      place.last = id;
      place.stray = undefined;
      return 'next';
    }
    place.stray = id;
    return 'jump';
  }
}
