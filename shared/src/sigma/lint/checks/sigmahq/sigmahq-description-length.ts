import type { DocumentCheck } from '../../check.ts';

export const sigmahqDescriptionLength: DocumentCheck = {
  id: 'sigmahq_description_length',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the description is too short to say anything',
  help: 'A sentence: what was seen and why it matters.',
  options: { description_len: 16 },
  examples: {
    invalid: [{ rule: 'description: Audit off', marks: ['Audit off'] }],
    valid: ['description: Somebody switched the audit off.'],
  },
  check(document, report, context) {
    const description = document.textOf('description');
    const least = context.option<number>('description_len');
    if (description !== undefined && description.text.length < least)
      report(description.span, `The description has fewer than ${least} characters.`);
  },
};
