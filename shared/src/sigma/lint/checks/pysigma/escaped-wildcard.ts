import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { textValuesOf } from '../../text-values.ts';

export const escapedWildcard: DocumentCheck = {
  id: 'escaped_wildcard',
  origin: 'pysigma',
  severity: 'info',
  about: 'an escaped `*` or `?` is searched as itself',
  help: '`\\*` is a star, not any text. Before a folder of any name write `\\\\*`: a backslash and then the wildcard.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    Image: 'C:\\Users\\*\\cmd.exe'
  condition: selection`,
        marks: ['\\*'],
      },
    ],
    valid: [
      `detection:
  selection:
    Image: 'C:\\Users\\\\*\\cmd.exe'
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const value of textValuesOf(document)) {
      const { text } = value;
      if (!text.includes('\\*') && !text.includes('\\?')) continue;
      const first = [...text.matchAll(/\\[\\*?]/g)].find(([found]) => found !== '\\\\');
      if (first === undefined) continue;
      report(
        partSpan(document, value, first.index, first.index + 2),
        `${first[0]} is searched as the character itself, not as a wildcard.`,
      );
    }
  },
};
