import type { EventFlag } from '../events/event-flag.ts';
import { EVENT_FLAGS } from '../events/event-flag.ts';
import type { StatementFacts } from '../events/statement-facts.ts';
import type { SqlDialect } from './dialect.ts';
import { Draft, type ShapeFacts } from './draft.ts';
import type { Dialect, PgParser, UnderstandOptions } from './facts.ts';
import { fingerprint } from './fingerprint.ts';
import { DIALECTS } from './index.ts';
import { outline } from './outline/outline.ts';
import { split } from './split.ts';
import { suspicion } from './suspicion.ts';
import type { Token } from './token.ts';
import { readTree } from './tree/statements.ts';

/** Texts of this many UTF-16 units and more have the flag `long_statement`. */
export const LONG_STATEMENT = 4096;

/** Longest text, in UTF-16 units, that is given to the full PostgreSQL grammar (SECURITY IM-6). */
export const LONGEST_PARSED = 65_536;

/**
 * Most tokens that are given to it. Its tree is as deep as a chain of operators is long, and is printed by recursion:
 * measured, 6 000 tokens pass and 12 000 overflow the stack, which damages the WebAssembly instance for good.
 */
export const MOST_PARSED_TOKENS = 4096;

/** What the shape of a text tells, and whether another text of the same fingerprint has the same. */
export interface Shape {
  readonly facts: ShapeFacts;
  readonly parser: StatementFacts['parser'];
  readonly confidence: StatementFacts['confidence'];
  readonly literalsRead: boolean;
}

/** Everything that a statement text alone tells. Takes any text; never throws. */
export function understand(text: string, options: UnderstandOptions): StatementFacts {
  const dialect = dialectOf(options.dialect);
  const tokens = dialect.tokenize(text);
  const shape = understandShape(dialect, text, tokens, options.truncated === true, options.pgParser);
  return completeFacts(text, tokens, fingerprint(dialect, text, tokens), shape);
}

/** The dialect's knowledge; PostgreSQL's, the nearest to the standard, for one that is not known yet. */
export function dialectOf(id: Dialect): SqlDialect {
  return DIALECTS.find((dialect) => dialect.id === id) ?? DIALECTS[0];
}

/** Facts by the server's own grammar where the text allows it, else by its tokens. */
export function understandShape(
  dialect: SqlDialect,
  text: string,
  tokens: readonly Token[],
  truncated: boolean,
  pgParser?: PgParser,
): Shape {
  const parsed =
    pgParser === undefined || truncated || tokens.length > MOST_PARSED_TOKENS
      ? undefined
      : byTree(dialect, text, pgParser);
  if (parsed !== undefined) return parsed;
  const statements = split(dialect, text, tokens, truncated ? 'truncated' : 'complete');
  const draft = new Draft(dialect, outline);
  for (const statement of statements) outline(statement, draft);
  const facts = draft.facts();
  const cut = statements.at(-1)?.cut ?? truncated;
  const confidence = cut || facts.action === 'UNKNOWN' ? 'low' : 'medium';
  return { facts, parser: 'tokenizer', confidence, literalsRead: draft.literalsRead };
}

/** Facts by libpg-query's tree; undefined where the text is not for it or does not parse (SECURITY IM-6). */
function byTree(dialect: SqlDialect, text: string, pgParser: PgParser): Shape | undefined {
  // A NUL ends the text for the parser, which is C: what follows would not be seen.
  if (dialect.id !== 'postgresql' || text.length > LONGEST_PARSED || text.includes('\0')) return undefined;
  try {
    const tree = pgParser.parse(text);
    if (tree === undefined) return undefined;
    const draft = new Draft(dialect, outline);
    if (!readTree(tree, draft)) return undefined;
    return {
      facts: draft.facts(),
      parser: 'libpg-query',
      confidence: 'high',
      literalsRead: draft.literalsRead,
    };
  } catch (error) {
    // A tree deeper than what is left of the caller's stack; the token reader takes the text in one pass.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Adds what depends on the very letters of the text to what its shape tells. */
export function completeFacts(
  text: string,
  tokens: readonly Token[],
  print: string,
  shape: Shape,
): StatementFacts {
  const signs = suspicion(text, tokens);
  const added: EventFlag[] = [];
  if (signs.obfuscated) added.push('obfuscated');
  const runs =
    shape.facts.flags.includes('routine_change') ||
    shape.facts.flags.includes('dynamic_sql') ||
    shape.facts.class === 'execution';
  if (signs.encoded && runs) added.push('wrapped_code');
  if (text.length >= LONG_STATEMENT) added.push('long_statement');
  const { class: eventClass, action, objects, columns, flags, statements } = shape.facts;
  return {
    fingerprint: print,
    class: eventClass,
    action,
    objects,
    columns,
    flags:
      added.length === 0 ? flags : EVENT_FLAGS.filter((flag) => flags.includes(flag) || added.includes(flag)),
    statements,
    parser: shape.parser,
    confidence: shape.confidence,
  };
}
