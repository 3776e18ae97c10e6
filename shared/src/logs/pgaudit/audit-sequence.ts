/** How a pgAudit statement id follows the one before it in its session. */
export type Succession = 'first' | 'next' | 'jump';

interface Place {
  /** The id that was seen first. */
  readonly first: number;
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
  readonly #most: number;
  /** Whether any session has made room. */
  #forgot = false;

  /** `most`: sessions that are followed at a time. */
  constructor(most = 65_536) {
    this.#most = most;
  }

  take(session: string, id: number): Succession {
    const place = this.#sessions.get(session);
    if (place === undefined) {
      // Sessions end without saying so; the oldest make room.
      if (this.#sessions.size >= this.#most) {
        this.#sessions.delete(oldest(this.#sessions));
        this.#forgot = true;
      }
      this.#sessions.set(session, { first: id, last: id, stray: undefined });
      return 'first';
    }
    if (follows(id, place)) {
      place.last = id;
      place.stray = undefined;
      return 'next';
    }
    place.stray = id;
    return 'jump';
  }

  state(): SequenceState {
    const places = [...this.#sessions.values()];
    return {
      sessions: [...this.#sessions.keys()],
      last: Float64Array.from(places, ({ last }) => last),
      stray: Float64Array.from(places, ({ stray }) => stray ?? Number.NaN),
    };
  }

  restore({ sessions, last, stray }: SequenceState): void {
    this.#sessions.clear();
    for (const [i, session] of sessions.entries()) {
      const id = last[i] ?? Number.NaN;
      const other = stray[i] ?? Number.NaN;
      this.#sessions.set(session, { first: id, last: id, stray: Number.isNaN(other) ? undefined : other });
    }
    this.#forgot = false;
  }

  /**
   * Puts the records before in front. False where they change what `take` has answered: a session's first id would not have
   * been the next, or a session would have made room for others and come again.
   */
  precede(before: SequenceState): boolean {
    if (this.#forgot) return false;
    const own = new Map(this.#sessions);
    this.restore(before);
    const all = this.#sessions;
    for (const [session, place] of own) {
      const known = all.get(session);
      if (known === undefined) {
        if (all.size >= this.#most) {
          const gone = oldest(all);
          if (own.has(gone)) return false;
          all.delete(gone);
        }
      } else if (!follows(place.first, known)) return false;
      // A session keeps its place in the order.
      all.set(session, place);
    }
    return true;
  }
}

/** Sessions with their last ids, the oldest first; NaN where there is no stray. */
export interface SequenceState {
  readonly sessions: readonly string[];
  readonly last: Float64Array;
  readonly stray: Float64Array;
}

function follows(id: number, { last, stray }: Place): boolean {
  return id === last || id === last + 1 || (stray !== undefined && (id === stray || id === stray + 1));
}

function oldest(sessions: ReadonlyMap<string, Place>): string {
  return sessions.keys().next().value ?? '';
}
