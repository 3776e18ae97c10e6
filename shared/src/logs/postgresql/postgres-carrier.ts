import type { Carried, Carrier } from '../carried.ts';
import type { PieceCutter } from '../piece-cutter.ts';
import { type ClockState, sameClock } from '../time/log-clock.ts';
import type { PostgresFile } from './postgres-file.ts';

/**
 * The state of a csvlog or jsonlog reader. What does not follow from a record alone: where it begins, what its zone was
 * found to be, and whether its pgAudit id is the next of its session.
 */
export class PostgresCarrier implements Carrier {
  readonly #cutter: PieceCutter;
  readonly #file: PostgresFile;
  #offset = 0;
  #presumed: ClockState | undefined;

  constructor(cutter: PieceCutter, file: PostgresFile) {
    this.#cutter = cutter;
    this.#file = file;
  }

  begin(offset: number, { clock }: Carried): void {
    this.#offset = offset;
    this.#presumed = clock;
    this.#cutter.begin(offset);
    this.#file.clock.restore(clock);
    this.#file.observations.restore([]);
  }

  confirm({ cut, clock, sessions, observations }: Carried): number | undefined {
    const { events, observations: own } = this.#file;
    const lines = cut.line - 1;
    const asPresumed =
      cut.started &&
      cut.skipped === undefined &&
      cut.open.length === 0 &&
      cut.offset === this.#offset &&
      this.#presumed !== undefined &&
      sameClock(clock, this.#presumed) &&
      events.sequence.precede(sessions) &&
      own.precede(observations, lines);
    if (!asPresumed) return undefined;
    this.#cutter.addLines(lines);
    // It holds on to observations that were just replaced.
    this.#file.clock.restore(this.#file.clock.state());
    return lines;
  }

  resume({ cut, clock, sessions, observations }: Carried): void {
    this.#cutter.resume(cut);
    this.#file.clock.restore(clock);
    this.#file.events.sequence.restore(sessions);
    this.#file.observations.restore(observations);
  }

  carry(): Carried {
    const { clock, events, observations } = this.#file;
    return {
      cut: this.#cutter.state(),
      clock: clock.state(),
      sessions: events.sequence.state(),
      observations: observations.state(),
    };
  }
}
