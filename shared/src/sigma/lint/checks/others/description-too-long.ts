import type { DocumentCheck } from '../../check.ts';

const MOST = 65_535;

export const descriptionTooLong: DocumentCheck = {
  id: 'description_too_long',
  origin: 'others',
  severity: 'warning',
  about: 'the description is longer than the specification allows',
  help: 'A description has at most 65,535 characters (SIGMA Y7). Move what is longer to a reference.',
  examples: {
    invalid: [{ rule: `title: x\ndescription: ${'a'.repeat(MOST + 1)}`, marks: ['a'.repeat(MOST + 1)] }],
    valid: ['title: x\ndescription: What it finds.'],
  },
  check(document, report) {
    const description = document.textOf('description');
    if (description !== undefined && description.text.length > MOST)
      report(
        description.span,
        `The description has ${description.text.length} characters; ${MOST} are allowed.`,
      );
  },
};
