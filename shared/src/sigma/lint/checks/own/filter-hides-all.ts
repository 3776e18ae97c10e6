import { covers } from '../../../plan/logsource.ts';
import type { WorkspaceCheck } from '../../check.ts';
import { hidesAll } from '../../logic/rule-logic.ts';

const RULES = (filter: string) =>
  `title: a\nname: base\nlogsource: {category: database}\ndetection:\n    sel:\n        user: sa\n        action: DROP TABLE\n    condition: sel\n---\ntitle: x\nlogsource: {category: database}\nfilter:\n    rules: [base]\n    known:\n        ${filter}\n    condition: not known\n`;

export const filterHidesAll: WorkspaceCheck = {
  id: 'filter_hides_all',
  origin: 'own',
  severity: 'warning',
  about: 'a filter leaves nothing of a rule',
  help: 'All that the rule finds, the filter takes away: the rule never matches (SIGMA F4). Narrow the filter, or switch the rule off openly.',
  examples: {
    invalid: [{ rule: RULES('action|startswith: DROP'), marks: ['not known'] }],
    valid: [RULES('user: backup'), RULES('object: scratch')],
  },
  checkAll(documents, report) {
    for (const document of documents) {
      const { rule: filter } = document;
      const [condition] = document.conditions;
      if (filter.kind !== 'filter' || condition === undefined) continue;
      for (const { rule } of documents) {
        if (rule.kind !== 'detection' || !covers(filter.logsource, rule.logsource)) continue;
        const named =
          filter.rules === 'any' || filter.rules.some((name) => name === rule.id || name === rule.name);
        if (named && hidesAll(filter, rule))
          report(document, condition.span, `Nothing is left of “${rule.title}”.`);
      }
    }
  },
};
