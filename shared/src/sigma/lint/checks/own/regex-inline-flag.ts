import type { DocumentCheck } from '../../check.ts';
import { isOnOneLine, withModifiers } from '../../text-edits.ts';

const RULE = (key: string, value: string) =>
  `title: x\ndetection:\n    sel:\n        ${key}: ${value}\n    condition: sel\n`;

export const regexInlineFlag: DocumentCheck = {
  id: 'regex_inline_flag',
  origin: 'own',
  severity: 'info',
  about: 'a regular expression sets its flags itself',
  help: 'The specification deprecates (?i) at the start of a pattern: write the modifier i, m or s after re, which every reader turns into what its engine knows (SIGMA S1).',
  examples: {
    invalid: [
      { rule: RULE('user|re', "'(?i)^adm'"), marks: ["'(?i)^adm'"], fixed: RULE('user|re|i', "'^adm'") },
    ],
    valid: [RULE('user|re|i', '^adm'), RULE('user|re', "'a(?i:b)'")],
  },
  check(document, report) {
    for (const item of document.items) {
      if (!item.modifiers.includes('re')) continue;
      const flags = item.values.map(({ value }) => /^\(\?([ims]+)\)/.exec(String(value))?.[1]);
      const [first] = flags;
      // The modifier acts on the whole list: it can only take the place of flags that all values have.
      const same = first !== undefined && flags.every((other) => other === first);
      for (const [i, scalar] of item.values.entries()) {
        const own = flags[i];
        if (own === undefined) continue;
        const movable = same && item.values.every((value) => isOnOneLine(document.text, value));
        const message = `(?${own}) is deprecated: write re|${[...own].join('|')}.`;
        if (!movable || i > 0) report(scalar.span, message);
        else {
          const added = [...new Set(own)].filter((flag) => !item.modifiers.includes(flag));
          report(scalar.span, message, {
            title: `Write re|${[...own].join('|')}`,
            edits: [
              withModifiers(item, document.text, [...item.modifiers, ...added]),
              ...item.values.map(({ span }) => {
                const at = document.text.indexOf('(?', span.from);
                return { span: { from: at, to: at + own.length + 3 }, text: '' };
              }),
            ],
            safe: true,
          });
        }
      }
    }
  },
};
