import type { Draft } from '../draft.ts';
import { RISKY_FUNCTIONS } from '../risky-functions.ts';
import { StatementTokens } from '../statement-tokens.ts';

/** Words after which a statement may begin inside a routine. */
const BEFORE_STATEMENT = new Set(
  'BEGIN THEN ELSE LOOP DO QUERY ATOMIC ROW AS RETURN IN OTHERS REPEAT'.split(' '),
);
/** Statements whose marks matter when they stand inside a routine; PERFORM is PL/pgSQL's SELECT. */
const INSIDE = new Set(
  `SELECT INSERT UPDATE DELETE MERGE REPLACE TRUNCATE COPY CREATE ALTER DROP GRANT REVOKE SET RESET CALL DO PERFORM WITH
  LOAD REASSIGN SECURITY COMMENT RENAME INSTALL UNINSTALL PREPARE KILL FLUSH`.split(/\s+/),
);
/** A body in a body in a body: what is deeper is not looked at. */
const MAX_DEPTH = 4;

/** Code as text: the body of a function, of a DO block, the string of an EXECUTE. Its flags go to `d`. */
export function readCodeText(text: string, d: Draft, ending: 'complete' | 'cut' = 'complete'): void {
  const tokens = d.dialect.tokenize(text).filter((token) => token.kind !== 'comment');
  readCode(new StatementTokens(d.dialect, text, tokens, ending === 'cut'), 0, tokens.length, d);
}

/** Code as tokens `[from, to)`: every statement in it is understood, and its flags go to `d`. */
export function readCode(s: StatementTokens, from: number, to: number, d: Draft): void {
  if (d.depth >= MAX_DEPTH) return;
  for (let i = from; i < to; i++) {
    const w = s.w[i] ?? '';
    if (s.w[i + 1] === '(' && RISKY_FUNCTIONS.has(w.toLowerCase())) {
      const inner = d.inside('own');
      inner.call([w.toLowerCase()], () => (s.isString(i + 2) ? s.string(i + 2) : undefined));
      d.absorb(inner);
    }
    if (i > from && !BEFORE_STATEMENT.has(s.w[i - 1] ?? '') && s.tokens[i - 1]?.kind !== 'end') continue;
    if (w === 'EXECUTE') execute(s, i, d);
    if (!INSIDE.has(w) || (w === 'DO' && !s.isString(i + 1))) continue;
    d.absorb(d.within(s.part(i, endOfStatement(s, i, to)), 'own'));
  }
}

function endOfStatement(s: StatementTokens, at: number, to: number): number {
  for (let i = at + 1; i < to; i++) {
    if (s.tokens[i]?.kind === 'end' || s.w[i] === 'LOOP') return i;
  }
  return to;
}

/** EXECUTE of a string in a routine: what its literals show of the statement. */
function execute(s: StatementTokens, at: number, d: Draft): void {
  d.flag('dynamic_sql');
  for (let i = at + 1; i < s.length && s.tokens[i]?.kind !== 'end' && s.w[i] !== 'USING'; i++) {
    if (!s.isString(i)) continue;
    const inner = d.inside('own');
    readCodeText(s.string(i), inner, s.w[i + 1] === '||' || s.w[i - 2] === 'FORMAT' ? 'cut' : 'complete');
    d.absorb(inner);
    return;
  }
}
