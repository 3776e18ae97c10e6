import type { DocumentCheck } from '../../check.ts';
import { retag } from '../../retag.ts';

const RULE = (tags: string) => `title: x\ntags:\n${tags}`;

export const attackRevoked: DocumentCheck = {
  id: 'attack_revoked',
  origin: 'own',
  severity: 'warning',
  supersedes: ['attacktag'],
  about: 'a tag names a technique that MITRE ATT&CK has revoked',
  help: 'ATT&CK v19 merged and renumbered techniques; the old id leads nowhere. The fix writes the one that took its place, and its tactics where none of them is there.',
  examples: {
    invalid: [
      {
        rule: RULE('    - attack.defense-impairment\n    - attack.t1562.001\n'),
        marks: ['attack.t1562.001'],
        fixed: RULE('    - attack.defense-impairment\n    - attack.t1685\n'),
      },
      {
        rule: RULE('    - attack.execution\n    - attack.t1562.002\n'),
        marks: ['attack.t1562.002'],
        fixed: RULE('    - attack.execution\n    - attack.t1685.001\n    - attack.defense-impairment\n'),
      },
    ],
    valid: [RULE('    - attack.defense-impairment\n    - attack.t1685\n'), RULE('    - cve.2020-1562')],
  },
  check(document, report, { knowledge }) {
    const present = new Set(document.tags.map(({ text }) => text));
    for (const tag of document.tags) {
      const id = /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag.text)?.[1];
      const replacement = id === undefined ? undefined : knowledge.attack.revoked.get(id);
      if (replacement === undefined || knowledge.attack.techniques.has(id ?? '')) continue;
      const { name, tactics } = replacement;
      const wanted = [`attack.${replacement.id}`, ...tactics.map((tactic) => `attack.${tactic}`)];
      report(
        tag.span,
        `ATT&CK v${knowledge.attack.version} has ${replacement.id.toUpperCase()} ${name} in its place.`,
        {
          title: `Write attack.${replacement.id}`,
          edits: [
            retag(
              document,
              tag,
              wanted.filter((one) => !present.has(one)),
            ),
          ],
          safe: true,
        },
      );
    }
  },
};
