import type { DocumentCheck } from '../../check.ts';

export const indent: DocumentCheck = {
  id: 'indent',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'a map is not indented by four blanks',
  help: 'The convention of public rules is four blanks a level (SIGMA Y6). dbwitness fmt writes them.',
  examples: {
    invalid: [{ rule: 'title: x\nlogsource:\n  category: database', marks: ['category'] }],
    valid: ['title: x\nlogsource:\n    category: database'],
  },
  check(document, report) {
    for (const { value } of document.root.entries) {
      const [first] = value.kind === 'map' ? value.entries : [];
      if (first === undefined) continue;
      const start = document.text.lastIndexOf('\n', first.keySpan.from - 1) + 1;
      const blanks = document.text.slice(start, first.keySpan.from);
      if (/^ *$/.test(blanks) && blanks.length !== 4)
        report(first.keySpan, `Indented by ${blanks.length}, not by 4 blanks.`);
    }
  },
};
