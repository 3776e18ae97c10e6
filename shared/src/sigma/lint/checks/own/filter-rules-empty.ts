import type { DocumentCheck } from '../../check.ts';

const RULE = (rules: string, condition: string) =>
  `title: x\nlogsource: {category: database}\nfilter:\n    rules: ${rules}\n    known:\n        user: backup\n    condition: ${condition}\n`;

export const filterRulesEmpty: DocumentCheck = {
  id: 'filter_rules_empty',
  origin: 'own',
  severity: 'warning',
  about: 'a filter has an empty list of rules, which means every rule',
  help: 'Write rules: any if that is meant; else name the rules (SIGMA F2).',
  examples: {
    invalid: [{ rule: RULE('[]', 'not known'), marks: ['[]'], fixed: RULE('any', 'not known') }],
    valid: [RULE('any', 'not known')],
  },
  check(document, report) {
    const value = document.entryBelow('filter', 'rules')?.value;
    if (value === undefined) return;
    const empty =
      value.kind === 'list' ? value.items.length === 0 : value.kind === 'scalar' && value.value === null;
    if (empty)
      report(value.span, 'An empty list means every rule that the log source covers.', {
        title: 'Write any',
        edits: [{ span: value.span, text: value.kind === 'list' ? 'any' : ' any' }],
        safe: true,
      });
  },
};
