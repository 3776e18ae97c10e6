import type { DocumentCheck } from '../../check.ts';
import { isTechnique, tagsIn } from '../../tags.ts';
import { fixBy, withItems } from '../../text-edits.ts';

export const sigmahqTagsTechniquesWithoutTactics: DocumentCheck = {
  id: 'sigmahq_tags_techniques_without_tactics',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'a technique is tagged without its tactics',
  help: 'Tools group rules by tactic. A technique of several tactics needs all of them.',
  examples: {
    invalid: [
      {
        rule: 'tags:\n  - attack.t1110.001\n',
        marks: ['attack.t1110.001'],
        fixed: 'tags:\n  - attack.t1110.001\n  - attack.credential-access\n',
      },
    ],
    valid: ['tags: [attack.t1110.001, attack.credential-access]'],
  },
  check(document, report, { knowledge: { attack } }) {
    const tags = tagsIn(document, 'attack');
    const last = document.tags.at(-1);
    const there = new Set(tags.map(({ name }) => name));
    for (const { name, text, span } of tags) {
      if (!isTechnique(name)) continue;
      for (const tactic of attack.techniques.get(name.toLowerCase()) ?? []) {
        if (there.has(tactic)) continue;
        // Told once, at the first technique that needs it.
        there.add(tactic);
        const tag = `attack.${tactic}`;
        const fix = last && fixBy(`Add ${tag}`, withItems(document.text, last, [tag]));
        report(span, `${text} needs the tag ${tag}.`, fix);
      }
    }
  },
};
