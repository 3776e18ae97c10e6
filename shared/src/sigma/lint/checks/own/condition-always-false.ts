import type { Condition } from '../../../condition/condition.ts';
import { conditionUses, selectedNames } from '../../../condition/resolve-condition.ts';
import type { DocumentCheck } from '../../check.ts';
import { type RuleLogic, ruleLogic } from '../../logic/rule-logic.ts';

const RULE = (filter: string, condition: string) =>
  `title: x\ndetection:\n    sel:\n        user: sa\n        action|startswith: DROP\n    filter:\n        ${filter}\n    condition: ${condition}\n`;

export const conditionAlwaysFalse: DocumentCheck = {
  id: 'condition_always_false',
  origin: 'own',
  severity: 'warning',
  about: 'no event can satisfy the condition',
  help: 'What the searches say leaves nothing: a filter takes away all that the selection finds, or two values of one field are asked for at once. A field that holds a list can have both; then say so in the description and switch the check off for the rule.',
  examples: {
    invalid: [
      { rule: RULE('user: SA', 'sel and not filter'), marks: ['sel and not filter'] },
      { rule: RULE('user: backup', 'sel and filter'), marks: ['sel and filter'] },
      { rule: RULE('user: backup', 'sel and not sel'), marks: ['sel and not sel'] },
    ],
    valid: [
      RULE('action: DROP TABLE', 'sel and not filter'),
      RULE("user|expand: '%dba%'", 'sel and not filter'),
      RULE('objects.name: a', 'sel and filter'),
      RULE('user: backup', 'sel and 1 of filters_*'),
    ],
  },
  check(document, report) {
    if (document.rule.kind === 'correlation') return;
    const logic = ruleLogic(document.rule);
    // One that cannot be parsed has no logic, and then it is not known which is which.
    if (logic?.conditions.length !== document.conditions.length) return;
    for (const [i, { span }] of document.conditions.entries()) {
      const said = logic.conditions[i];
      const condition = document.rule.conditions[i];
      // A pattern that selects nothing is an error of its own, and the cause.
      if (said?.never !== true || condition === undefined || selectsNothing(condition, logic.names)) continue;
      report(span, `No event can satisfy this condition${because(logic, said.used)}.`);
    }
  },
};

function selectsNothing(condition: Condition, names: readonly string[]): boolean {
  return [...conditionUses(condition)].some(
    (use) => use.kind !== 'name' && selectedNames(use.pattern, names).length === 0,
  );
}

function because({ implications, exclusions }: RuleLogic, used: readonly string[]): string {
  const ofThese = (names: readonly string[]) => names.every((name) => used.includes(name));
  const implied = implications.find(ofThese);
  const excluded = exclusions.find(ofThese);
  if (excluded !== undefined) return `: “${excluded[0]}” and “${excluded[1]}” exclude each other`;
  return implied === undefined ? '' : `: all that “${implied[0]}” finds, “${implied[1]}” finds too`;
}
