import type { WorkspaceCheck } from '../../check.ts';
import { dictionaryField, isDatabaseSource } from '../../database-source.ts';
import { referredRules } from '../../referred-rules.ts';
import { ruleIndex } from '../../rule-index.ts';

const RULES = (field: string) =>
  `title: a\nname: a\nlogsource: {category: database}\ndetection:\n    sel: {user: x}\n    condition: sel\n---\ntitle: x\ncorrelation:\n    type: event_count\n    rules: [a]\n    group-by: [${field}]\n    timespan: 5m\n    condition: {gte: 5}\n`;

export const groupFieldUnknown: WorkspaceCheck = {
  id: 'group_field_unknown',
  origin: 'own',
  severity: 'warning',
  about: 'a correlation groups by a field that database events do not have',
  help: 'An event without the field takes no part (SIGMA K2), so the correlation never matches. The event dictionary lists the fields.',
  examples: { invalid: [{ rule: RULES('usr'), marks: ['usr'] }], valid: [RULES('user'), RULES('extra.pid')] },
  checkAll(documents, report) {
    const index = ruleIndex(documents);
    for (const document of documents) {
      const { rule } = document;
      const group = document.entryBelow('correlation', 'group-by')?.value;
      if (rule.kind !== 'correlation' || group === undefined) continue;
      const rules = referredRules(document, index);
      if (rules.length === 0 || !rules.every(({ logsource }) => isDatabaseSource(logsource))) continue;
      for (const item of group.kind === 'list' ? group.items : [group]) {
        if (item.kind !== 'scalar' || typeof item.value !== 'string') continue;
        if (!rule.aliases.has(item.value) && dictionaryField(item.value) === undefined)
          report(document, item.span, `Database events have no field “${item.value}”.`);
      }
    }
  },
};
