import type { DocumentCheck } from '../../check.ts';
import { type RuleLogic, ruleLogic } from '../../logic/rule-logic.ts';

const RULE = (second: string, condition: string) =>
  `title: x\ndetection:\n    sel_a:\n        action|startswith: DROP\n    sel_b:\n        ${second}\n    condition: ${condition}\n`;

export const identifierShadowed: DocumentCheck = {
  id: 'identifier_shadowed',
  origin: 'own',
  severity: 'warning',
  about: 'a search of the condition changes nothing: another decides already',
  help: 'Without it the rule would find the same events. Either it says less than was meant, or it can go.',
  examples: {
    invalid: [
      { rule: RULE('action: drop table', 'sel_a or sel_b'), marks: ['sel_b'] },
      { rule: RULE('action|startswith: drop', 'sel_a and sel_b'), marks: ['sel_b'] },
      { rule: RULE('user: a', 'sel_a or sel_b and sel_a'), marks: ['sel_b'] },
    ],
    valid: [RULE('user: a', 'sel_a or sel_b'), RULE('action: drop table', 'sel_a and not sel_b')],
  },
  check(document, report) {
    if (document.rule.kind === 'correlation') return;
    const logic = ruleLogic(document.rule);
    if (logic === undefined || logic.conditions.length === 0) return;
    for (const { key, keySpan } of document.searches) {
      const uses = logic.conditions.filter(({ used }) => used.includes(key));
      if (uses.length === 0 || !uses.every(({ idle }) => idle.includes(key)) || hasEarlierTwin(logic, key))
        continue;
      report(keySpan, `“${key}” changes nothing: the condition finds the same without it.`);
    }
  },
};

/** Of two searches that say the same, the later is the one too many; the marked one is never the earlier. */
function hasEarlierTwin({ names, implications }: RuleLogic, name: string): boolean {
  const says = (a: string, b: string) => implications.some(([one, other]) => one === a && other === b);
  return names.slice(names.indexOf(name) + 1).some((other) => says(name, other) && says(other, name));
}
