import type { Place } from './span.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * Something wrong, in outside input, that a person has to know of.
 * `code` is stable and namespaced (`pgaudit/unclosed-quote`): tests, documentation and suppressions refer to it.
 * Texts are made from the message table by code (`problem-table.ts` of the folder that owns the code).
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong and what to do, as a sentence for people. Values in it are quoted and neutralised. */
  readonly message: string;
  readonly at?: Place;
}

/** What every reader of outside text returns: as complete a value as the text allows, and what was wrong with it. */
export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/** One row of a message table: the code's severity, its text and the explanation that the reference prints. */
export interface ProblemDefinition {
  readonly severity: Severity;
  /** The sentence, with `{name}` where the problem's data goes. */
  readonly message: string;
  /** Why it matters and what to do: printed in the generated reference. */
  readonly help: string;
}

export type ProblemTable = Readonly<Record<string, ProblemDefinition>>;

/** Makes a problem of `code` from its table; `data` fills the `{name}` places of the message, neutralised. */
export function problem<T extends ProblemTable>(
  table: T,
  code: keyof T & string,
  data: Readonly<Record<string, string | number>> = {},
  at?: Place,
): Problem {
  const definition = table[code];
  if (definition === undefined) throw new Error(`unknown problem code ${code}`);
  const message = definition.message.replace(/\{(\w+)\}/g, (_, name: string) =>
    visible(String(data[name] ?? '')),
  );
  return { code, severity: definition.severity, message, ...(at === undefined ? {} : { at }) };
}

/**
 * Text with everything made visible that could act on a terminal or reorder its surroundings
 * (SECURITY OU-5, OU-6): C0 and DEL as control pictures; C1, bidi, zero-width and tag characters, and halves of
 * surrogate pairs, as ⟪U+202E⟫.
 */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu,
    (c) => {
      const code = c.codePointAt(0) ?? 0;
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      if (code === 0x7f) return '\u2421';
      return `⟪U+${code.toString(16).toUpperCase().padStart(4, '0')}⟫`;
    },
  );
}
