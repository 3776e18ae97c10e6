import type { DocumentCheck } from '../../check.ts';

export const lineEnds: DocumentCheck = {
  id: 'line_ends',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'lines end in CR LF',
  help: 'Rule files have LF (SIGMA Y6): mixed line ends make every comparison of two versions show whole files.',
  examples: {
    invalid: [{ rule: 'title: x\r\nlevel: low\n', marks: ['\r\n'], fixed: 'title: x\nlevel: low\n' }],
    valid: ['title: x\nlevel: low\n'],
  },
  check(document, report) {
    const { text, root } = document;
    const first = text.indexOf('\r\n');
    // Once a file: with its first document.
    if (first < 0 || /^\s*---\s|\n---\s/.test(text.slice(0, root.span.from).trimStart())) return;
    const edits = [...text.matchAll(/\r\n/g)].map(({ index }) => ({
      span: { from: index, to: index + 1 },
      text: '',
    }));
    report({ from: first, to: first + 2 }, `${edits.length} lines end in CR LF.`, {
      title: 'Write LF',
      edits,
      // What is mended unasked keeps the line ends: a checkout on Windows may have them on purpose.
      safe: false,
    });
  },
};
