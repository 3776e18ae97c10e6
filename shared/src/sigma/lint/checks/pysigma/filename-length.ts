import type { DocumentCheck } from '../../check.ts';
import { baseName } from '../../file-name.ts';
import { headSpan } from '../../places.ts';

export const filenameLength: DocumentCheck = {
  id: 'filename_length',
  origin: 'pysigma',
  severity: 'error',
  about: 'the file name is too short or too long',
  help: 'It should say what the rule finds, and still fit where file names are shown.',
  options: { min_size: 10, max_size: 90 },
  examples: {
    invalid: [{ rule: { 'rule.yml': 'title: One' }, marks: ['One'] }],
    valid: [{ 'db_audit_switched_off.yml': 'title: One' }],
  },
  check(document, report, context) {
    const { length } = baseName(document.file);
    const [least, most] = [context.option<number>('min_size'), context.option<number>('max_size')];
    if (length >= least && length <= most) return;
    report(headSpan(document), `The file name has ${length} characters; it should have ${least} to ${most}.`);
  },
};
