import type { StatementFacts } from '../events/statement-facts.ts';
import type { UnderstandOptions } from './facts.ts';
import { fingerprint } from './fingerprint.ts';
import { completeFacts, dialectOf, type Shape, understandShape } from './understand.ts';

/** Most UTF-16 units of fingerprints that are remembered: some tens of MB with what hangs on them. */
const REMEMBERED = 8_000_000;

/** Understands many texts of one source: facts that do not depend on literals are worked out once a fingerprint. */
export type Understanding = (text: string, truncated?: boolean) => StatementFacts;

/**
 * Gives what `understand` gives, faster where texts differ only in their literals, which is what logs of applications are:
 * the PostgreSQL grammar costs some hundred times the tokenizer. Memory is capped: when full, it forgets everything.
 */
export function createUnderstanding(options: Omit<UnderstandOptions, 'truncated'>): Understanding {
  const dialect = dialectOf(options.dialect);
  const shapes = new Map<string, Shape>();
  let size = 0;
  return (text, truncated = false) => {
    const tokens = dialect.tokenize(text);
    const print = fingerprint(dialect, text, tokens);
    // A cut text is not the shape that its tokens show.
    const remembers = !truncated && !(tokens[tokens.length - 1]?.open ?? false);
    const known = remembers ? shapes.get(print) : undefined;
    if (known !== undefined) return completeFacts(text, tokens, print, known);
    const shape = understandShape(dialect, text, tokens, truncated, options.pgParser);
    if (remembers && !shape.literalsRead) {
      if (size > REMEMBERED) {
        shapes.clear();
        size = 0;
      }
      shapes.set(print, shape);
      size += print.length + 200;
    }
    return completeFacts(text, tokens, print, shape);
  };
}
