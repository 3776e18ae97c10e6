import type { DocumentCheck } from '../../check.ts';
import { baseName } from '../../file-name.ts';
import { logSourceKey, logSourceOf } from '../../log-source.ts';
import { headSpan } from '../../places.ts';

export const sigmahqFilenamePrefix: DocumentCheck = {
  id: 'sigmahq_filename_prefix',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the file name does not start as those of its log source do',
  help: 'Prefixes such as `proc_creation_win_` and `db_` let people find rules by name.',
  examples: {
    invalid: [
      {
        rule: {
          'whoami_execution.yml': 'title: One\nlogsource: {product: windows, category: process_creation}',
        },
        marks: ['One'],
      },
    ],
    valid: [
      {
        'proc_creation_win_whoami_execution.yml':
          'title: One\nlogsource: {product: windows, category: process_creation}',
      },
    ],
  },
  check(document, report, { knowledge: { taxonomy } }) {
    const source = logSourceOf(document);
    if (source === undefined) return;
    // A file that holds a correlation with its rules is named after the correlation.
    if (/^---/m.test(document.text) && /^correlation:/m.test(document.text)) return;
    const prefix =
      taxonomy.prefixes.get(logSourceKey(source)) ??
      (source.product === ''
        ? undefined
        : taxonomy.prefixes.get(logSourceKey({ product: source.product, category: '', service: '' })));
    if (prefix !== undefined && !baseName(document.file).startsWith(prefix))
      report(headSpan(document), `File names of this log source start with ${prefix}.`);
  },
};
