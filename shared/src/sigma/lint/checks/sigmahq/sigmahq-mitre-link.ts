import type { DocumentCheck } from '../../check.ts';

export const sigmahqMitreLink: DocumentCheck = {
  id: 'sigmahq_mitre_link',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'a reference goes to MITRE ATT&CK, where a tag says the same',
  help: 'Write `attack.t1053.003` into `tags` instead.',
  examples: {
    invalid: [
      {
        rule: 'references: [https://attack.mitre.org/techniques/T1053/003/]',
        marks: ['https://attack.mitre.org/techniques/T1053/003/'],
      },
    ],
    valid: ['tags: [attack.t1053.003]'],
  },
  check(document, report) {
    for (const { text, span } of document.textsOf('references'))
      if (text.startsWith('https://attack.mitre.org/')) report(span, 'A tag says the same as this link.');
  },
};
