import { entry } from '../../../../text/yaml-value.ts';
import type { DocumentCheck } from '../../check.ts';

const RULE = (group: string) =>
  `title: x\ncorrelation:\n    type: temporal\n    rules: [a, b]\n    aliases:\n        who:\n            a: user\n            b: client\n    group-by: [${group}]\n    timespan: 5m\n`;

export const aliasUnused: DocumentCheck = {
  id: 'alias_unused',
  origin: 'own',
  severity: 'warning',
  about: 'neither group-by nor the condition uses an alias',
  help: 'An alias only acts where group-by or condition.field names it (SIGMA K11); as it stands the rules are not joined by it.',
  examples: { invalid: [{ rule: RULE('user'), marks: ['who'] }], valid: [RULE('who')] },
  check(document, report) {
    if (document.rule.kind !== 'correlation') return;
    const { groupBy, condition } = document.rule;
    const aliases = document.entryBelow('correlation', 'aliases')?.value;
    for (const { key, keySpan } of aliases?.kind === 'map' ? aliases.entries : []) {
      const used = groupBy.includes(key) || condition.fields.includes(key);
      if (!used && entry(aliases, key) !== undefined) report(keySpan, `Nothing uses the alias “${key}”.`);
    }
  },
};
