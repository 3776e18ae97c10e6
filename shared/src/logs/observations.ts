import { type Problem, problem } from '../text/problem.ts';
import { LOG_PROBLEMS, type LogProblemCode } from './problem-table.ts';

interface Seen {
  count: number;
  readonly line: number;
  readonly byte: number;
  readonly data: Readonly<Record<string, string | number>>;
}

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
  ): void {
    let ofCode = this.#seen.get(code);
    if (ofCode === undefined) {
      ofCode = new Map();
      this.#seen.set(code, ofCode);
    }
    const seen = ofCode.get(detail);
    if (seen !== undefined) seen.count++;
    // A hostile file must not fill memory with details: beyond some, they count with the last.
    else if (ofCode.size < 64) ofCode.set(detail, { count: 1, line, byte, data });
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
