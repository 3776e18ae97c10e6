import type { DocumentCheck } from '../../check.ts';
import { retag } from '../../retag.ts';

const RULE = (tag: string) => `title: x\ntags:\n    - ${tag}\n`;

export const attackUnderscore: DocumentCheck = {
  id: 'attack_underscore',
  origin: 'own',
  severity: 'warning',
  supersedes: ['attacktag'],
  about: 'a tactic is written with _ instead of -',
  help: 'Since version 2 of the specification tags of tactics have a hyphen: attack.initial-access.',
  examples: {
    invalid: [
      {
        rule: RULE('attack.initial_access'),
        marks: ['attack.initial_access'],
        fixed: RULE('attack.initial-access'),
      },
    ],
    valid: [RULE('attack.initial-access'), RULE('detection.threat-hunting')],
  },
  check(document, report, { knowledge }) {
    const present = new Set(document.tags.map(({ text }) => text));
    for (const tag of document.tags) {
      const put = tag.text.replaceAll('_', '-');
      if (put === tag.text || !put.startsWith('attack.') || !knowledge.attack.tactics.has(put.slice(7)))
        continue;
      report(tag.span, `The tactic is written ${put}.`, {
        title: `Write ${put}`,
        edits: [retag(document, tag, present.has(put) ? [] : [put])],
        safe: true,
      });
    }
  },
};
