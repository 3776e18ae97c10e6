import type { WorkspaceCheck } from '../../check.ts';
import { referencesOf, ruleIndex } from '../../rule-index.ts';
import { withoutItem } from '../../text-edits.ts';

const RULE = (rules: string) =>
  `title: x\ncorrelation:\n    type: temporal\n    rules: [${rules}]\n    group-by: [user]\n    timespan: 5m\n`;

export const rulesDuplicate: WorkspaceCheck = {
  id: 'rules_duplicate',
  origin: 'own',
  severity: 'warning',
  about: 'a correlation or filter names a rule twice',
  help: 'One event counts once, however often its rule is named (SIGMA K1). For several events of one rule in order, write event_count.',
  examples: {
    invalid: [{ rule: RULE('a, b, a'), marks: ['a'], fixed: RULE('a, b') }],
    valid: [RULE('a, b')],
  },
  checkAll(documents, report) {
    const index = ruleIndex(documents);
    for (const document of documents) {
      const seen = new Set<unknown>();
      for (const reference of referencesOf(document)) {
        const rule = index.get(reference.text) ?? reference.text;
        if (seen.has(rule)) {
          report(document, reference.span, `“${reference.text}” is named above already.`, {
            title: 'Remove the second',
            edits: [withoutItem(document.text, reference)],
            // The number of rules is the threshold of a temporal correlation without condition.
            safe: document.kind === 'filter',
          });
        }
        seen.add(rule);
      }
    }
  },
};
