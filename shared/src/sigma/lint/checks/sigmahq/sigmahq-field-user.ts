import type { DocumentCheck } from '../../check.ts';

export const sigmahqFieldUser: DocumentCheck = {
  id: 'sigmahq_field_user',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a user field is compared with the localised name of a Windows account',
  help: 'Windows names NT AUTHORITY after the language of the system. Ask with `contains` for what all of them have, `AUTHORI` and `AUTORI`.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    User: NT AUTHORITY\\SYSTEM
  condition: selection`,
        marks: ['NT AUTHORITY\\SYSTEM'],
      },
    ],
    valid: [
      `detection:
  selection:
    User|contains: [AUTHORI, AUTORI]
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const { field, values } of document.items) {
      const [only, another] = values;
      if (only === undefined || another !== undefined || !field?.toLowerCase().includes('user')) continue;
      if (typeof only.value === 'string' && /AUTORI|AUTHORI/.test(only.value))
        report(only.span, 'The name of this account depends on the language of the system.');
    }
  },
};
