import type { DocumentCheck } from '../../check.ts';
import { baseName } from '../../file-name.ts';
import { headSpan } from '../../places.ts';

export const sigmahqFilenameConvention: DocumentCheck = {
  id: 'sigmahq_filename_convention',
  origin: 'sigmahq',
  severity: 'warning',
  about: "the file name does not follow SigmaHQ's convention",
  help: '10 to 90 lower case letters, digits and `_`, at least one `_`, then `.yml`.',
  examples: {
    invalid: [{ rule: { 'Audit-Switched-Off.yml': 'title: One' }, marks: ['One'] }],
    valid: [{ 'db_audit_switched_off.yml': 'title: One' }],
  },
  check(document, report) {
    const name = baseName(document.file);
    // As SigmaHQ has it, what follows .yml does not count.
    if (!/^[a-z0-9_]{10,90}\.yml/.test(name) || !name.includes('_'))
      report(headSpan(document), `${name} does not follow SigmaHQ's convention for file names.`);
  },
};
