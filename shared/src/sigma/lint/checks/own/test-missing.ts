import type { DocumentCheck } from '../../check.ts';

export const testMissing: DocumentCheck = {
  id: 'test_missing',
  origin: 'own',
  severity: 'info',
  optIn: true,
  about: 'the rule has no tests beside it',
  help: 'A rule without tests is a guess that nobody has tried. Tests of login.yml stand in login.test.yml: events, and whether the rule matches them.',
  examples: {
    invalid: [{ rule: { 'login.yml': 'title: x' }, marks: ['x'] }],
    valid: [{ 'login.yml': 'title: x', 'login.test.yml': 'tests: []' }],
  },
  check(document, report, { tested }) {
    if (document.kind === 'filter' || tested === undefined || tested.has(document.file)) return;
    report(document.textOf('title')?.span ?? document.root.span, 'No tests stand beside the rule.');
  },
};
