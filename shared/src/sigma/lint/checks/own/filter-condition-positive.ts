import type { Condition } from '../../../condition/condition.ts';
import { conditionUses } from '../../../condition/resolve-condition.ts';
import type { DocumentCheck } from '../../check.ts';
import { isOnOneLine, withText } from '../../text-edits.ts';

const RULE = (rules: string, condition: string) =>
  `title: x\nlogsource: {category: database}\nfilter:\n    rules: ${rules}\n    known:\n        user: backup\n    condition: ${condition}\n`;

export const filterConditionPositive: DocumentCheck = {
  id: 'filter_condition_positive',
  origin: 'own',
  severity: 'warning',
  about: 'the condition of a filter has no not, so the filter keeps only what its searches find',
  help: 'The rule and the filter must both hold, exactly as written (SIGMA F1); the examples of the specification contradict themselves. To leave out what the searches find, write not.',
  examples: {
    invalid: [{ rule: RULE('any', 'known'), marks: ['known'], fixed: RULE('any', 'not known') }],
    valid: [RULE('any', 'not known')],
  },
  check(document, report) {
    if (document.rule.kind !== 'filter') return;
    const { conditions } = document.rule;
    if (conditions.length !== document.conditions.length) return;
    for (const [i, { text, span }] of document.conditions.entries()) {
      const condition = conditions[i];
      if (condition === undefined || hasNot(condition) || [...conditionUses(condition)].length === 0)
        continue;
      const put = /^[\w-]+$/.test(text.trim()) ? `not ${text.trim()}` : `not (${text.trim()})`;
      report(
        span,
        'Rules keep only the events that this finds. To leave them out, write not.',
        isOnOneLine(document.text, { kind: 'scalar', span, value: text, source: text, plain: true })
          ? { title: `Write ${put}`, edits: [withText(document.text, { span }, put)], safe: false }
          : undefined,
      );
    }
  },
};

function hasNot(condition: Condition): boolean {
  if (condition.kind === 'not') return true;
  return 'of' in condition && condition.of.some(hasNot);
}
