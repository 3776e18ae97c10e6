import type { Draft } from '../draft.ts';
import { RISKY_FUNCTIONS } from '../risky-functions.ts';
import { StatementTokens } from '../statement-tokens.ts';
import { suspicion } from '../suspicion.ts';

/** Words after which a statement may begin inside a routine. */
const BEFORE_STATEMENT = new Set(
  'BEGIN THEN ELSE LOOP DO QUERY ATOMIC ROW AS RETURN IN OTHERS REPEAT'.split(' '),
);
/** Statements whose marks matter when they stand inside a routine; PERFORM is PL/pgSQL's SELECT. */
const INSIDE = new Set(
  `SELECT INSERT UPDATE DELETE MERGE REPLACE TRUNCATE COPY CREATE ALTER DROP GRANT REVOKE SET RESET CALL DO PERFORM WITH
  LOAD REASSIGN SECURITY COMMENT RENAME INSTALL UNINSTALL PREPARE KILL FLUSH`.split(/\s+/),
);
/** Code as text: the body of a function, of a DO block, the string of an EXECUTE. Its flags go to `d`. */
export function readCodeText(text: string, d: Draft, ending: 'complete' | 'cut' = 'complete'): void {
  const all = d.dialect.tokenize(text);
  const signs = suspicion(text, all);
  if (signs.obfuscated) d.flag('obfuscated');
  if (signs.encoded) d.flag('wrapped_code');
  const tokens = all.filter((token) => token.kind !== 'comment');
  readCode(new StatementTokens(d.dialect, text, tokens, ending === 'cut'), 0, tokens.length, d);
}

/** Code as tokens `[from, to)`: every statement in it is understood, and its flags go to `d`. */
export function readCode(s: StatementTokens, from: number, to: number, d: Draft): void {
  if (d.tooDeep) return;
  riskyCalls(s, from, to, d);
  let i = from;
  while (i < to) {
    const w = s.w[i] ?? '';
    const starts = i === from || BEFORE_STATEMENT.has(s.w[i - 1] ?? '') || s.tokens[i - 1]?.kind === 'end';
    if (starts && w === 'EXECUTE') execute(s, i, d);
    if (starts && INSIDE.has(w) && (w !== 'DO' || s.isString(i + 1))) {
      const end = endOfStatement(s, i, to);
      d.absorb(d.within(s.part(i, end), 'own'));
      i = end;
    } else i++;
  }
}

/** Calls that mean more, wherever in an expression they stand. */
function riskyCalls(s: StatementTokens, from: number, to: number, d: Draft): void {
  for (let i = from; i < to; i++) {
    if (s.w[i + 1] !== '(' || !RISKY_FUNCTIONS.has((s.w[i] ?? '').toLowerCase())) continue;
    const inner = d.inside('own');
    inner.call([s.identifier(i).toLowerCase()], () => (s.isString(i + 2) ? s.string(i + 2) : undefined));
    d.absorb(inner);
  }
}

function endOfStatement(s: StatementTokens, at: number, to: number): number {
  for (let i = at + 1; i < to; i++) {
    if (s.tokens[i]?.kind === 'end' || s.w[i] === 'LOOP') return i;
  }
  return to;
}

/** How far into an EXECUTE's expression its literal is looked for. */
const NEAR = 32;

/** EXECUTE of a string in a routine: what its first literal shows of the statement. */
function execute(s: StatementTokens, at: number, d: Draft): void {
  d.flag('dynamic_sql');
  for (let i = at + 1; i < at + NEAR && s.tokens[i]?.kind !== 'end' && s.w[i] !== 'USING'; i++) {
    if (!s.isString(i)) continue;
    const inner = d.inside('own');
    readCodeText(s.string(i), inner, s.w[i + 1] === '||' || s.w[i - 2] === 'FORMAT' ? 'cut' : 'complete');
    d.absorb(inner);
    return;
  }
}
