import type { Problem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';

/** One replacement in the text of the file. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Fix {
  /** What it does, for a menu: `Remove the second tag`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The rule means the same before and after (its plan does not change); only such fixes are applied unasked. */
  readonly safe: boolean;
}

/** A problem with the check's id as its code, and the way to mend it where there is one. */
export interface Finding extends Problem {
  readonly fix?: Fix;
}
