import type { PatternPart } from '../values/pattern.ts';
import type { Modifier } from './modifier.ts';

/** The dashes that command lines take for one another. */
export const DASHES = '-/\u2013\u2014\u2015';

/** A dash at a word's start may be any of the five. One part stands for all, so n dashes are not 5ⁿ variants. */
export const windash: Modifier = {
  name: 'windash',
  role: 'pattern',
  apply: (pattern) => [
    pattern.flatMap((part, index): readonly PatternPart[] => {
      if (part.kind !== 'text') return [part];
      const parts: PatternPart[] = [];
      let text = '';
      let previous = index === 0 || pattern[index - 1]?.kind !== 'text' ? ' ' : 'x';
      for (const character of part.text) {
        if (DASHES.includes(character) && !/[\p{L}\p{N}_]/u.test(previous)) {
          if (text !== '') parts.push({ kind: 'text', text });
          parts.push({ kind: 'dash' });
          text = '';
        } else text += character;
        previous = character;
      }
      if (text !== '') parts.push({ kind: 'text', text });
      return parts;
    }),
  ],
};
