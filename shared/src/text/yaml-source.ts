import { type Problem, type ProblemTable, problem } from './problem.ts';
import type { Place, Span } from './span.ts';
import { readBlockYaml } from './yaml-block.ts';
import { readAnyYaml } from './yaml-patient.ts';
import type { YamlFault, YamlValue } from './yaml-value.ts';

/** The caller's codes for what can be wrong with YAML. */
export type YamlCodes<T extends ProblemTable> = Readonly<Record<YamlFault['kind'], keyof T & string>>;

export interface YamlDocument {
  readonly root: YamlValue;
  /** What is wrong with its syntax; the same problems stand in the source's list. */
  readonly faults: readonly Problem[];
}

/**
 * One YAML 1.2 file (SIGMA Y3, Y5) as plain values with places, and the problems of the syntax. Never throws.
 * `report` is how readers above it add theirs.
 */
export class YamlSource<T extends ProblemTable> {
  readonly file: string;
  readonly text: string;
  readonly problems: Problem[] = [];
  readonly #table: T;
  /** Where lines begin; made when the first place is asked for. */
  #lines: readonly number[] | undefined;

  constructor(file: string, text: string, table: T) {
    this.file = file;
    this.text = text;
    this.#table = table;
  }

  /** The roots of the documents that hold something, in order. */
  documents(codes: YamlCodes<T>): readonly YamlValue[] {
    return this.read(codes).map(({ root }) => root);
  }

  /** The documents that hold something, in order, each with its own faults. */
  read(codes: YamlCodes<T>): readonly YamlDocument[] {
    const plain = readBlockYaml(this.text);
    if (plain !== undefined) return plain.map((root) => ({ root, faults: [] }));
    return readAnyYaml(this.text).flatMap(({ root, faults }) => {
      const reported = faults.map((fault) => this.report(codes[fault.kind], this.#dataOf(fault), fault.span));
      return root === undefined ? [] : [{ root, faults: reported }];
    });
  }

  report(code: keyof T & string, data: Readonly<Record<string, string | number>>, span: Span): Problem {
    const made = problem(this.#table, code, data, this.place(span));
    this.problems.push(made);
    return made;
  }

  place(span: Span): Place {
    return { file: this.file, line: this.#lineOf(span.from), span };
  }

  #dataOf(fault: YamlFault): Readonly<Record<string, string | number>> {
    if (fault.kind === 'syntax') return { detail: fault.detail };
    return fault.kind === 'size' ? {} : { key: fault.key, line: this.#lineOf(fault.first.from) };
  }

  #lineOf(at: number): number {
    this.#lines ??= lineStarts(this.text);
    let low = 0;
    let high = this.#lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
