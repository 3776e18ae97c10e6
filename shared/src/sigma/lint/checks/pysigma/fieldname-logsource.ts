import type { DocumentCheck } from '../../check.ts';

const KEYS = new Set(['category', 'product', 'service', 'definition']);

export const fieldnameLogsource: DocumentCheck = {
  id: 'fieldname_logsource',
  origin: 'pysigma',
  severity: 'error',
  about: 'a log source has a key that it cannot have',
  help: 'Only `category`, `product`, `service` and `definition` belong there; others select nothing.',
  examples: {
    invalid: [{ rule: 'logsource: {product: windows, type: security}', marks: ['type'] }],
    valid: ['logsource: {product: windows, service: security, definition: Needs a policy}'],
  },
  check(document, report) {
    const value = document.entry('logsource')?.value;
    if (value?.kind !== 'map') return;
    for (const { key, keySpan } of value.entries)
      if (!KEYS.has(key)) report(keySpan, `A log source has no ${key}.`);
  },
};
