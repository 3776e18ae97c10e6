import { type Pattern, parsePattern } from '../values/pattern.ts';
import type { Modifier } from './modifier.ts';

/** More alternatives than that come of several long placeholders in one value and are no rule any more. */
const MOST_VARIANTS = 10_000;

/** Replaces `%name%` by each of its values; their wildcards stay active (SIGMA P1). `\%` is a percent sign. */
export const expand: Modifier = {
  name: 'expand',
  role: 'pattern',
  apply(pattern, context) {
    if (!pattern.some((part) => part.kind === 'text' && PLACEHOLDER.test(part.text))) {
      context.fault('sigma/placeholder-missing', {});
    }
    let variants: readonly Pattern[] = [[]];
    for (const part of pattern) {
      const choices: readonly Choice[] =
        part.kind === 'text' ? choicesOf(part.text, context.placeholder) : [[[part]]];
      for (const choice of choices) {
        if (typeof choice === 'string') {
          context.fault('sigma/placeholder-unresolved', { name: choice });
          return [];
        }
        variants = variants
          .flatMap((before) => choice.map((after) => [...before, ...after]))
          .slice(0, MOST_VARIANTS);
      }
    }
    return variants;
  },
};

/** Alternatives for one stretch of a value, or the name of a placeholder that nothing defines. */
type Choice = readonly Pattern[] | string;

/** `%name%`, unless the first percent sign is escaped. Public rules have names such as %DC-MACHINE-NAME%; a blank ends what can be one. */
export const PLACEHOLDER = /(?<!\\)%([^%\s]+)%/;

function choicesOf(text: string, lookUp: (name: string) => readonly string[] | undefined): readonly Choice[] {
  const choices: Choice[] = [];
  let rest = text;
  for (let match = PLACEHOLDER.exec(rest); match !== null; match = PLACEHOLDER.exec(rest)) {
    const name = match[1] ?? '';
    choices.push([plain(rest.slice(0, match.index))], lookUp(name)?.map(parsePattern) ?? name);
    rest = rest.slice(match.index + match[0].length);
  }
  choices.push([plain(rest)]);
  return choices;
}

function plain(text: string): Pattern {
  return text === '' ? [] : [{ kind: 'text', text: text.replaceAll('\\%', '%') }];
}
