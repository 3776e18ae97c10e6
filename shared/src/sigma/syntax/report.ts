import type { Problem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';
import type { YamlSource } from '../../text/yaml-source.ts';
import type { SIGMA_PROBLEMS, SigmaProblem } from '../problem-table.ts';

export type SigmaSource = YamlSource<typeof SIGMA_PROBLEMS>;

/** Collects what is wrong with one document: into the file's list, and errors into the rule's own faults. */
export class Reporter {
  readonly faults: Problem[];
  readonly #source: SigmaSource;

  /** `faults` that the document has already: of its syntax. */
  constructor(source: SigmaSource, faults: readonly Problem[] = []) {
    this.#source = source;
    this.faults = [...faults];
  }

  report(code: SigmaProblem, span: Span, data: Readonly<Record<string, string | number>> = {}): void {
    const made = this.#source.report(code, data, span);
    if (made.severity === 'error') this.faults.push(made);
  }
}
