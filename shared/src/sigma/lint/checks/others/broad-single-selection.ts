import type { DocumentCheck } from '../../check.ts';

const RULE = (items: string) => `title: x\ndetection:\n    sel:\n${items}    condition: sel\n`;

export const broadSingleSelection: DocumentCheck = {
  id: 'broad_single_selection',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'the rule is one test of one field for one short value',
  help: 'Such a rule matches much that is harmless. Add a second item, or a filter.',
  examples: {
    invalid: [{ rule: RULE('        action|contains: ALTER\n'), marks: ['sel'] }],
    valid: [RULE('        action|contains: ALTER\n        object: audit_log\n')],
  },
  check(document, report) {
    const [item, ...more] = document.items;
    if (document.kind !== 'detection' || item === undefined || more.length > 0) return;
    const [value] = item.values;
    if (item.values.length !== 1 || typeof value?.value !== 'string' || value.value.length > 8) return;
    report(item.searchSpan, 'One short value of one field matches much that is harmless.');
  },
};
