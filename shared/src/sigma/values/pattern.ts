/**
 * What a Sigma text value asks for: literal text, runs of anything and single characters.
 * `dash` is any of the five dashes that `windash` treats alike; `bytes` is text encoded as UTF-16, on its way to Base64.
 */
export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'dash' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export type Pattern = readonly PatternPart[];

const ANY: PatternPart = { kind: 'any' };

/** Reads wildcards and escapes (SIGMA V3): `\` escapes only `*`, `?` and itself, before anything else it is itself. */
export function parsePattern(value: string): Pattern {
  const parts: PatternPart[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  for (let i = 0; i < value.length; i++) {
    const c = value.charAt(i);
    const next = value.charAt(i + 1);
    if (c === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      i++;
    } else if (c === '*') {
      flush();
      if (parts.at(-1)?.kind !== 'any') parts.push(ANY);
    } else if (c === '?') {
      flush();
      parts.push({ kind: 'one' });
    } else text += c;
  }
  flush();
  return parts;
}

export function textPattern(text: string): Pattern {
  return text === '' ? [] : [{ kind: 'text', text }];
}

/** The text that `pattern` is, when it holds no wildcard. */
export function literalText(pattern: Pattern): string | undefined {
  let text = '';
  for (const part of pattern) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}

/** `pattern` with anything allowed before it, unless that is so already. */
export function openStart(pattern: Pattern): Pattern {
  return pattern[0]?.kind === 'any' ? pattern : [ANY, ...pattern];
}

/** `pattern` with anything allowed after it, unless that is so already. */
export function openEnd(pattern: Pattern): Pattern {
  return pattern.at(-1)?.kind === 'any' ? pattern : [...pattern, ANY];
}

/** The pattern as a rule would write it. */
export function showPattern(pattern: Pattern): string {
  return pattern
    .map((part) => {
      if (part.kind === 'text') return part.text.replace(/[\\*?]/g, '\\$&');
      return { any: '*', one: '?', dash: '-', bytes: '' }[part.kind];
    })
    .join('');
}
