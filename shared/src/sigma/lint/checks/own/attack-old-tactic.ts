import type { DocumentCheck } from '../../check.ts';
import type { AttackKnowledge } from '../../lint-context.ts';
import { retag } from '../../retag.ts';

const RULE = (tags: string) => `title: x\ntags:\n${tags}`;
const HEIRS = ['stealth', 'defense-impairment'];

export const attackOldTactic: DocumentCheck = {
  id: 'attack_old_tactic',
  origin: 'own',
  severity: 'warning',
  supersedes: ['attacktag'],
  about: 'a tag names the tactic defense-evasion, which ATT&CK v19 divided',
  help: 'Since v19 there are stealth and defense-impairment. Which of them a rule means is told by its techniques; where those do not tell, choose.',
  examples: {
    invalid: [
      {
        rule: RULE('    - attack.defense-evasion\n    - attack.t1685\n'),
        marks: ['attack.defense-evasion'],
        fixed: RULE('    - attack.defense-impairment\n    - attack.t1685\n'),
      },
      { rule: RULE('    - attack.defense-evasion\n'), marks: ['attack.defense-evasion'] },
    ],
    valid: [RULE('    - attack.stealth\n')],
  },
  check(document, report, { knowledge }) {
    const present = new Set(document.tags.map(({ text }) => text));
    for (const tag of document.tags) {
      if (!/^attack\.defense[-_]evasion$/.test(tag.text) || knowledge.attack.tactics.has('defense-evasion'))
        continue;
      const wanted = tacticsOf(present, knowledge.attack);
      const message = 'ATT&CK v19 has stealth and defense-impairment instead.';
      if (wanted.length === 0) report(tag.span, message);
      else
        report(tag.span, message, {
          title: `Write ${wanted.join(', ')}`,
          edits: [
            retag(
              document,
              tag,
              wanted.filter((one) => !present.has(one)),
            ),
          ],
          safe: true,
        });
    }
  },
};

/** Of the two heirs, those that the rule's techniques belong to. */
function tacticsOf(tags: ReadonlySet<string>, attack: AttackKnowledge): readonly string[] {
  const ids = [...tags].map((tag) => tag.replace(/^attack\./, ''));
  const tactics = new Set(
    ids.flatMap((id) => attack.techniques.get(id) ?? attack.revoked.get(id)?.tactics ?? []),
  );
  return HEIRS.filter((heir) => tactics.has(heir)).map((heir) => `attack.${heir}`);
}
