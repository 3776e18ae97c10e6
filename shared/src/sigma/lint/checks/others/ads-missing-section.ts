import { ADS_PREFIX, ADS_SECTIONS, isExempt } from '../../ads-sections.ts';
import type { DocumentCheck } from '../../check.ts';
import type { LintDocument } from '../../lint-document.ts';

const WHOLE = [
  'title: x\nstatus: stable\ndescription: What it is for.\ntags: [attack.collection]\nfalsepositives: [Backups]',
  ...['strategy', 'technical_context', 'blind_spots', 'validation', 'priority', 'response'].map(
    (name) => `${ADS_PREFIX}${name}: Words.`,
  ),
].join('\n');

export const adsMissingSection: DocumentCheck = {
  id: 'ads_missing_section',
  origin: 'others',
  severity: 'warning',
  optIn: true,
  about: 'a stable rule lacks a section of the Alerting and Detection Strategy framework',
  help: 'The framework asks what a rule is for, how it works, what it cannot see and what to do when it matches. Sections without a key of Sigma are written as rsigma.ads.<section>.',
  options: { enforce_status: ['stable'], required: ADS_SECTIONS },
  examples: {
    invalid: [{ rule: WHOLE.replace(`${ADS_PREFIX}response: Words.`, ''), marks: ['x'] }],
    valid: [WHOLE, 'title: x\nstatus: test'],
  },
  check(document, report, context) {
    const status = document.textOf('status')?.text ?? '';
    if (document.kind !== 'detection' || isExempt(document)) return;
    if (!context.option<readonly string[]>('enforce_status').includes(status)) return;
    const lacking = context.option<readonly string[]>('required').filter((name) => !has(document, name));
    const at = document.textOf('title')?.span ?? document.root.span;
    if (lacking.length > 0)
      report(at, `The rule does not say its ${lacking.join(', ').replaceAll('_', ' ')}.`);
  },
};

function has(document: LintDocument, section: string): boolean {
  if (section === 'goal') return (document.textOf('description')?.text.trim() ?? '') !== '';
  if (section === 'categorization') return document.tags.some(({ text }) => text.startsWith('attack.'));
  if (section === 'false_positives') return document.textsOf('falsepositives').length > 0;
  return document.entry(ADS_PREFIX + section) !== undefined;
}
