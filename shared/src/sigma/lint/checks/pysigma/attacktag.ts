import type { DocumentCheck } from '../../check.ts';
import { tagsIn } from '../../tags.ts';

export const attacktag: DocumentCheck = {
  id: 'attacktag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'an `attack.` tag names nothing in MITRE ATT&CK',
  help: 'Known are tactics (`attack.persistence`), techniques (`attack.t1078.001`), groups, software, mitigations and data sources of the version that the knowledge file states.',
  examples: {
    invalid: [
      { rule: 'tags: [attack.persistence, attack.t9999]', marks: ['attack.t9999'] },
      { rule: 'tags: [attack.initial_access]', marks: ['attack.initial_access'] },
    ],
    valid: ['tags: [attack.persistence, attack.t1078.001, attack.g0007, attack.s0002]'],
  },
  check(document, report, { knowledge: { attack } }) {
    for (const { name, text, span } of tagsIn(document, 'attack')) {
      if (attack.tactics.has(name) || attack.techniques.has(name) || attack.others.has(name)) continue;
      report(span, `ATT&CK ${attack.version} knows nothing named ${text}.`);
    }
  },
};
