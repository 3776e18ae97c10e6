import type { DocumentCheck } from '../../check.ts';

export const sigmahqSpaceFieldName: DocumentCheck = {
  id: 'sigmahq_space_field_name',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a field name holds a blank',
  help: 'Many tools cannot search for such a field; the taxonomy writes `_` instead.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    Provider Name: x
  condition: selection`,
        marks: ['Provider Name'],
      },
    ],
    valid: [
      `detection:
  selection:
    Provider_Name: x
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const { field, keySpan } of document.items)
      if (field?.includes(' ')) report(keySpan, `The field name ${field} holds a blank.`);
  },
};
