import type { WorkspaceCheck } from '../../check.ts';
import { referencesOf, ruleIndex } from '../../rule-index.ts';

const RULE = (rule: string) =>
  `title: x\ncorrelation:\n    type: temporal\n    rules: [a, b]\n    aliases:\n        who:\n            a: user\n            ${rule}: client\n    group-by: [who]\n    timespan: 5m\n`;

export const aliasUnknownRule: WorkspaceCheck = {
  id: 'alias_unknown_rule',
  origin: 'own',
  severity: 'warning',
  about: 'an alias gives the field of a rule that the correlation does not refer to',
  help: 'Write the rule as it stands below rules. For a rule that an alias leaves out, the alias itself is taken as the field (SIGMA K11).',
  examples: { invalid: [{ rule: RULE('c'), marks: ['c'] }], valid: [RULE('b')] },
  checkAll(documents, report) {
    const index = ruleIndex(documents);
    for (const document of documents) {
      const aliases = document.entryBelow('correlation', 'aliases')?.value;
      if (aliases?.kind !== 'map') continue;
      const named = referencesOf(document).map(({ text }) => text);
      const referred = new Set(named.map((name) => index.get(name)));
      for (const { value } of aliases.entries) {
        for (const { key, keySpan } of value.kind === 'map' ? value.entries : []) {
          const rule = index.get(key);
          if (!named.includes(key) && (rule === undefined || !referred.has(rule)))
            report(document, keySpan, `“${key}” is not below rules.`);
        }
      }
    }
  },
};
