import type { DocumentCheck } from '../../check.ts';

/** Keys that the specification defines, or that it uses by convention. */
const KEYS = new Set([
  'title',
  'id',
  'name',
  'taxonomy',
  'related',
  'status',
  'license',
  'description',
  'references',
  'tags',
  'author',
  'date',
  'modified',
  'fields',
  'falsepositives',
  'level',
  'scope',
  'logsource',
  'detection',
  'correlation',
  'generate',
  'filter',
  'action',
  'sigma-version',
  'custom_attributes',
  'regression_tests_path',
  'simulation',
]);

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
      if (!KEYS.has(key)) report(keySpan, `Sigma defines no key ${key}.`);
  },
};
