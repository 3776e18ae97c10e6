import type { WorkspaceCheck } from '../../check.ts';
import { referencesOf, ruleIndex } from '../../rule-index.ts';

const RULES = (field: string) =>
  `title: inner\nname: inner\ncorrelation:\n    type: event_count\n    rules: [base]\n    group-by: [user, client_ip]\n    timespan: 5m\n    condition: {gte: 5}\n---\ntitle: outer\ncorrelation:\n    type: temporal\n    rules: [inner, base]\n    group-by: [${field}]\n    timespan: 1h\n`;

export const chainGroupLost: WorkspaceCheck = {
  id: 'chain_group_lost',
  origin: 'own',
  severity: 'info',
  about: 'a correlation of correlations groups by a field that the inner one does not group by',
  help: 'A match of the inner correlation may hold several values of the field and then counts for each of them (SIGMA K12). Other readers keep only the fields of the inner group-by and find nothing.',
  examples: { invalid: [{ rule: RULES('database'), marks: ['database'] }], valid: [RULES('user')] },
  checkAll(documents, report) {
    const index = ruleIndex(documents);
    for (const document of documents) {
      const group = document.entryBelow('correlation', 'group-by')?.value;
      if (document.rule.kind !== 'correlation' || group === undefined) continue;
      const { aliases } = document.rule;
      const inner = referencesOf(document).flatMap(({ text }) => {
        const rule = index.get(text)?.rule;
        return rule?.kind === 'correlation' ? [rule] : [];
      });
      for (const item of group.kind === 'list' ? group.items : [group]) {
        if (item.kind !== 'scalar' || typeof item.value !== 'string' || aliases.has(item.value)) continue;
        const field = item.value;
        const losing = inner.find(({ groupBy }) => groupBy.length > 0 && !groupBy.includes(field));
        if (losing !== undefined)
          report(document, item.span, `“${losing.title}” does not group by “${field}”.`);
      }
    }
  },
};
