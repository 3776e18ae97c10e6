import type { Draft } from '../draft.ts';
import type { StatementTokens } from '../statement-tokens.ts';
import { DATA } from './data.ts';
import { DEFINITIONS } from './definitions.ts';
import { PRIVILEGES } from './privileges.ts';
import { SERVER } from './server.ts';
import { SETTINGS } from './settings.ts';
import type { VerbReader } from './verb.ts';

/** Readers by a statement's first word. Adding a verb = one row in the table of its family. */
const VERBS: ReadonlyMap<string, VerbReader> = new Map(
  [DATA, DEFINITIONS, PRIVILEGES, SETTINGS, SERVER].flatMap((table) => Object.entries(table)),
);

/** Understands one statement from its tokens alone, as far as its words tell, in any state: cut, broken, hostile. */
export function outline(s: StatementTokens, d: Draft): void {
  const first = s.tokens[0]?.kind === 'quoted' ? '' : (s.w[0] ?? '');
  const read = VERBS.get(first);
  if (read !== undefined) read(s, d);
  else d.statement('UNKNOWN');
}
