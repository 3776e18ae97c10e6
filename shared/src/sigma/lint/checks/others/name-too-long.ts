import type { DocumentCheck } from '../../check.ts';

const MOST = 256;

export const nameTooLong: DocumentCheck = {
  id: 'name_too_long',
  origin: 'others',
  severity: 'warning',
  about: 'the name is longer than the specification allows',
  help: 'A name, by which correlations refer to the rule, has at most 256 characters.',
  examples: {
    invalid: [{ rule: `title: x\nname: ${'a'.repeat(MOST + 1)}`, marks: ['a'.repeat(MOST + 1)] }],
    valid: ['title: x\nname: failed_login'],
  },
  check(document, report) {
    const name = document.textOf('name');
    if (name !== undefined && name.text.length > MOST)
      report(name.span, `The name has ${name.text.length} characters; ${MOST} are allowed.`);
  },
};
