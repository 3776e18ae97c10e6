import type { DocumentCheck } from '../../check.ts';
import { STANDARD_KEYS } from '../../standard-keys.ts';

export const sigmahqUnknownField: DocumentCheck = {
  id: 'sigmahq_unknown_field',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'a top-level key is none of Sigma',
  help: 'Attributes of your own are legal; SigmaHQ has none, so there it is mostly a misspelling.',
  examples: {
    invalid: [{ rule: 'title: One\nlevels: high', marks: ['levels'] }],
    valid: ['title: One\nlevel: high'],
  },
  check(document, report) {
    for (const { key, keySpan } of document.root.entries)
      if (!STANDARD_KEYS.has(key)) report(keySpan, `Sigma defines no key ${key}.`);
  },
};
