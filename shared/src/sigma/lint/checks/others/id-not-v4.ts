import type { DocumentCheck } from '../../check.ts';

export const idNotV4: DocumentCheck = {
  id: 'id_not_v4',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'the id is a UUID, but not a random one (version 4)',
  help: 'The specification asks for a UUID and recommends version 4. Other versions work everywhere, so an id in use is not to be changed for this.',
  examples: {
    invalid: [
      {
        rule: 'title: x\nid: 0b7c1d9e-5a1f-1c43-9f6e-2a4d5c1f8e70',
        marks: ['0b7c1d9e-5a1f-1c43-9f6e-2a4d5c1f8e70'],
      },
    ],
    valid: ['title: x\nid: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70'],
  },
  check(document, report) {
    const id = document.textOf('id');
    if (id === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id.text)) return;
    if (!/^.{14}4.{4}[89ab]/i.test(id.text)) report(id.span, 'This UUID is not of version 4.');
  },
};
