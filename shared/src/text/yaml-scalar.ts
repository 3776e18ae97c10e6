import type { Scalar } from './yaml-value.ts';

const INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^(?:([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** What a plain scalar is by YAML 1.2's core schema (§10.3.2); integers are exact (SIGMA Y3). */
export function plainScalar(source: string): Scalar {
  // Nothing but text begins with another character.
  if (!/^[-+.0-9~nNtTfF]/.test(source)) return source === '' ? null : source;
  if (/^(?:~|[Nn]ull|NULL)$/.test(source)) return null;
  if (/^(?:[Tt]rue|TRUE)$/.test(source)) return true;
  if (/^(?:[Ff]alse|FALSE)$/.test(source)) return false;
  if (INTEGER.test(source)) return BigInt(source);
  if (DECIMAL.test(source)) return Number(source);
  const special = NOT_FINITE.exec(source);
  if (special === null) return source;
  if (special[1] === undefined) return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Where the line of what ends at `to` ends, behind its line feed; a block scalar ends there itself. */
export function lineEndBehind(text: string, to: number): number {
  if (text[to - 1] === '\n') return to;
  return text.indexOf('\n', to) + 1 || text.length;
}

/**
 * The block scalar (`|`, `>`, both with or without `-`) whose lines begin at `from`, further in than `parent`, and where it
 * ends. Undefined where it is empty or written so that its reading takes thought: blank or folded lines that are further in.
 */
export function blockText(
  text: string,
  from: number,
  parent: number,
  style: '|' | '>',
  strip: boolean,
): { readonly value: string; readonly to: number } | undefined {
  const lines: string[] = [];
  let indent = -1;
  /** Blank lines that belong to the text if more of it follows. */
  let blank = 0;
  let to = from;
  for (let start = from; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const next = feed < 0 ? text.length : feed + 1;
    const end = text[feed - 1] === '\r' ? feed - 1 : feed < 0 ? text.length : feed;
    let at = start;
    while (text[at] === ' ') at++;
    if (at >= end) {
      if (indent >= 0 && at - start > indent) return undefined;
      if (indent < 0 && at > start) return undefined;
      blank++;
    } else {
      const column = at - start;
      if (indent < 0) indent = column;
      if (column <= parent || indent <= parent) break;
      if (column < indent || (style === '>' && column > indent)) return undefined;
      for (; blank > 0; blank--) lines.push('');
      lines.push(text.slice(start + indent, end));
      to = next;
    }
    start = next;
  }
  if (lines.length === 0) return undefined;
  const value = style === '|' ? lines.join('\n') : folded(lines);
  return { value: strip ? value : `${value}\n`, to };
}

/** Line feeds as blanks, and each blank line as one line feed. */
function folded(lines: readonly string[]): string {
  let value = '';
  let between = '';
  for (const line of lines) {
    if (line !== '') {
      value += between + line;
      between = ' ';
    } else if (between === ' ') between = '\n';
    else between += '\n';
  }
  return value;
}
