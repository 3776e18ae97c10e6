import { type Problem, problem } from '../text/problem.ts';
import { LOG_PROBLEMS, type LogProblemCode } from './problem-table.ts';

/** One thing that was noticed. Who notices it for every record counts it up directly. */
export interface Seen {
  count: number;
  readonly line: number;
  readonly byte: number;
  readonly data: Readonly<Record<string, string | number>>;
}

/** One thing that was noticed, in the order in which things came first. */
export interface Observed extends Readonly<Seen> {
  readonly code: string;
  readonly detail: string;
}

const MOST_DETAILS = 64;

/** What a reader notices about the whole file: each thing once, with its number and the first place. */
export class Observations {
  readonly #seen = new Map<string, Map<string, Seen>>();

  /** `detail` tells apart things of the same code: one problem for each zone abbreviation, say. */
  note(
    code: LogProblemCode,
    line: number,
    byte: number,
    detail = '',
    data: Readonly<Record<string, string | number>> = {},
  ): Seen {
    let ofCode = this.#seen.get(code);
    if (ofCode === undefined) {
      ofCode = new Map();
      this.#seen.set(code, ofCode);
    }
    let seen = ofCode.get(detail);
    if (seen === undefined) {
      seen = { count: 0, line, byte, data };
      // A hostile file must not fill memory with details: beyond some, they are not told apart any more.
      if (ofCode.size < MOST_DETAILS) ofCode.set(detail, seen);
    }
    seen.count++;
    return seen;
  }

  state(): readonly Observed[] {
    return [...this.#seen].flatMap(([code, ofCode]) =>
      [...ofCode].map(([detail, seen]) => ({ ...seen, code, detail })),
    );
  }

  restore(observed: readonly Observed[]): void {
    this.#seen.clear();
    this.#add(observed, 0);
  }

  /**
   * Puts what was noticed before in front, `lines` lines further up. False where details were not told apart here that
   * might have been after those.
   */
  precede(before: readonly Observed[], lines: number): boolean {
    for (const ofCode of this.#seen.values()) if (ofCode.size >= MOST_DETAILS) return false;
    const own = this.state();
    this.restore(before);
    this.#add(own, lines);
    return true;
  }

  #add(observed: readonly Observed[], lines: number): void {
    for (const { code, detail, count, line, byte, data } of observed)
      this.note(code as LogProblemCode, line + lines, byte, detail, data).count += count - 1;
  }

  problems(): readonly Problem[] {
    const problems: Problem[] = [];
    for (const [code, ofCode] of this.#seen) {
      for (const seen of ofCode.values()) {
        const data = { ...seen.data, count: seen.count };
        problems.push(
          problem(LOG_PROBLEMS, code as LogProblemCode, data, { line: seen.line, byte: seen.byte }),
        );
      }
    }
    return problems;
  }
}
