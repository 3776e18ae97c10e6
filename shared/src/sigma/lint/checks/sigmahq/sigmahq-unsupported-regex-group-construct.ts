import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { isText } from '../../text-values.ts';

export const sigmahqUnsupportedRegexGroupConstruct: DocumentCheck = {
  id: 'sigmahq_unsupported_regex_group_construct',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a regular expression looks ahead or behind, or holds an atomic group',
  help: 'RE2 and most log stores have none of them. Say it with two items, one of them negated, or with alternatives.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    CommandLine|re: 'net (?!use)'
  condition: selection`,
        marks: ['(?!'],
      },
    ],
    valid: [
      `detection:
  selection:
    CommandLine|re: 'net (?:user|group)'
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      if (!modifiers.includes('re')) continue;
      for (const { value, span } of values.filter(isText)) {
        const found = /\(\?(?:<?[=!]|>)/.exec(value);
        if (found === null) continue;
        const at = partSpan(document, { text: value, span }, found.index, found.index + found[0].length);
        report(at, `${found[0]} is not in RE2, nor in most log stores.`);
      }
    }
  },
};
