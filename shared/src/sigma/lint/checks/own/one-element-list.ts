import type { DocumentCheck } from '../../check.ts';
import type { Edit } from '../../finding.ts';
import type { LintItem } from '../../lint-document.ts';

const RULE = (value: string) => `title: x\ndetection:\n    sel:\n        user:${value}\n    condition: sel\n`;

export const oneElementList: DocumentCheck = {
  id: 'one_element_list',
  origin: 'own',
  severity: 'info',
  about: 'a list of values holds only one',
  help: 'A value alone says the same in one line. A list is for values to come; then leave it.',
  examples: {
    invalid: [
      { rule: RULE('\n            - sa'), marks: ['sa'], fixed: RULE(' sa') },
      { rule: RULE(' [sa]'), marks: ['sa'], fixed: RULE(' sa') },
    ],
    valid: [RULE(' sa'), RULE(' [sa, root]')],
  },
  check(document, report) {
    for (const item of document.items) {
      const [value, ...more] = item.values;
      if (!item.list || item.field === undefined || value === undefined || more.length > 0) continue;
      const edits = editsFor(item, value.span, document.text);
      report(
        value.span,
        `“${item.field}” has a list of one value.`,
        edits && { title: 'Write the value alone', edits, safe: true },
      );
    }
  },
};

/** What stands around the value goes, as long as it is nothing but the list's own signs. */
function editsFor(item: LintItem, value: { from: number; to: number }, text: string): Edit[] | undefined {
  const [before] = /:\s*(\[\s*|\r?\n[ ]*-[ ]+)$/.exec(text.slice(item.keySpan.to, value.from)) ?? [];
  if (before === undefined) return undefined;
  const edits: Edit[] = [{ span: { from: value.from - before.length + 1, to: value.from }, text: ' ' }];
  if (!before.includes('[')) return edits;
  const after = /^\s*\]/.exec(text.slice(value.to))?.[0];
  if (after === undefined) return undefined;
  return [...edits, { span: { from: value.to, to: value.to + after.length }, text: '' }];
}
