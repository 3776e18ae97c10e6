import type { DocumentCheck } from '../../check.ts';
import { ruleLogic } from '../../logic/rule-logic.ts';

const RULE = (condition: string) =>
  `title: x\ndetection:\n    sel:\n        user|startswith: s\n    filter:\n        user: sa\n    condition: ${condition}\n`;

export const conditionAlwaysTrue: DocumentCheck = {
  id: 'condition_always_true',
  origin: 'own',
  severity: 'warning',
  about: 'every event satisfies the condition',
  help: 'The rule matches whatever the log source holds. Usually a not or a parenthesis is missing.',
  examples: {
    invalid: [{ rule: RULE('sel or not filter'), marks: ['sel or not filter'] }],
    valid: [RULE('sel and not filter'), RULE('not sel or filter')],
  },
  check(document, report) {
    if (document.rule.kind === 'correlation') return;
    const logic = ruleLogic(document.rule);
    if (logic?.conditions.length !== document.conditions.length) return;
    for (const [i, { span }] of document.conditions.entries()) {
      if (logic.conditions[i]?.always === true) report(span, 'Every event satisfies this condition.');
    }
  },
};
