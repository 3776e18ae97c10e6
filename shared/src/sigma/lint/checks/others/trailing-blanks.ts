import type { Span } from '../../../../text/span.ts';
import type { YamlValue } from '../../../../text/yaml-value.ts';
import type { DocumentCheck } from '../../check.ts';

export const trailingBlanks: DocumentCheck = {
  id: 'trailing_blanks',
  origin: 'others',
  severity: 'info',
  about: 'a line ends in blanks',
  help: 'Nobody sees them, and comparisons of versions show them. Inside a text in several lines they belong to the text and are not marked.',
  examples: {
    invalid: [{ rule: 'title: x  \nlevel: low\n', marks: ['  '], fixed: 'title: x\nlevel: low\n' }],
    valid: ['title: x\nlevel: low\n', 'title: x\ndescription: |\n    two  \n    lines\n'],
  },
  check(document, report) {
    const { text, root } = document;
    let blocks: readonly Span[] | undefined;
    for (let from = root.span.from; from < root.span.to; ) {
      const feed = text.indexOf('\n', from);
      const end = feed < 0 || feed > root.span.to ? root.span.to : feed;
      const line = text.slice(from, end).replace(/\r$/, '');
      const kept = line.trimEnd().length;
      const span = { from: from + kept, to: from + line.length };
      from = end + 1;
      if (span.from === span.to) continue;
      blocks ??= [...textsInLines(root, text)];
      if (blocks.some((block) => block.from < span.to && span.from < block.to)) continue;
      report(span, 'The line ends in blanks.', {
        title: 'Remove them',
        edits: [{ span, text: '' }],
        safe: true,
      });
    }
  },
};

function* textsInLines(value: YamlValue, text: string): Generator<Span> {
  if (value.kind === 'map') for (const { value: inner } of value.entries) yield* textsInLines(inner, text);
  else if (value.kind === 'list') for (const item of value.items) yield* textsInLines(item, text);
  else if (text.slice(value.span.from, value.span.to).includes('\n')) yield value.span;
}
