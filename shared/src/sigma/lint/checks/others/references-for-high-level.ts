import type { DocumentCheck } from '../../check.ts';

export const referencesForHighLevel: DocumentCheck = {
  id: 'references_for_high_level',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'a rule of level high or critical names no reference',
  help: 'Who is woken by the rule wants to read why. Name the report, the advisory or the documentation that it is built on.',
  examples: {
    invalid: [{ rule: 'title: x\nlevel: critical', marks: ['critical'] }],
    valid: ['title: x\nlevel: low', 'title: x\nlevel: high\nreferences: [https://example.org/report]'],
  },
  check(document, report) {
    const level = document.textOf('level');
    if (level === undefined || !/^(high|critical)$/.test(level.text)) return;
    if (document.textsOf('references').length === 0)
      report(level.span, `A rule of level ${level.text} should name a reference.`);
  },
};
