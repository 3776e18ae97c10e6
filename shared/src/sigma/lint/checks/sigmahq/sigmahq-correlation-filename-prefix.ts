import type { DocumentCheck } from '../../check.ts';
import { baseName } from '../../file-name.ts';
import { headSpan } from '../../places.ts';

export const sigmahqCorrelationFilenamePrefix: DocumentCheck = {
  id: 'sigmahq_correlation_filename_prefix',
  origin: 'sigmahq',
  severity: 'warning',
  about: "a correlation's file name does not start with correlation_",
  help: 'So that people see which files need others to run.',
  examples: {
    invalid: [
      {
        rule: { 'many_failed_logins.yml': 'title: One\ncorrelation: {type: event_count}' },
        marks: ['One'],
      },
    ],
    valid: [{ 'correlation_many_failed_logins.yml': 'title: One\ncorrelation: {type: event_count}' }],
  },
  check(document, report) {
    if (document.kind === 'correlation' && !baseName(document.file).startsWith('correlation_'))
      report(headSpan(document), 'The file name of a correlation should start with correlation_.');
  },
};
