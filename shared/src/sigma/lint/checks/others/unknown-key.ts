import type { DocumentCheck } from '../../check.ts';
import { nearest } from '../../edit-distance.ts';
import { STANDARD_KEYS } from '../../standard-keys.ts';

export const unknownKey: DocumentCheck = {
  id: 'unknown_key',
  origin: 'others',
  severity: 'info',
  supersedes: ['custom_attributes', 'sigmahq_unknown_field'],
  about: 'a key of the rule looks like a misspelt standard key',
  help: 'Keys of your own are allowed, but this one is one or two letters away from a key that the rule lacks. The key is read as it stands: as an attribute of your own.',
  examples: {
    invalid: [{ rule: 'title: x\nlevle: high', marks: ['levle'], fixed: 'title: x\nlevel: high' }],
    valid: ['title: x\nlevel: high', 'title: x\nowner: team blue'],
  },
  check(document, report) {
    for (const { key, keySpan } of document.root.entries) {
      if (STANDARD_KEYS.has(key) || STANDARD_KEYS.has(key.toLowerCase())) continue;
      const meant = nearest(key.toLowerCase(), STANDARD_KEYS, key.length < 6 ? 1 : 2);
      if (meant === undefined || document.entry(meant) !== undefined) continue;
      report(keySpan, `“${key}” is no key of Sigma. Was ${meant} meant?`, {
        title: `Write ${meant}`,
        edits: [{ span: keySpan, text: meant }],
        safe: false,
      });
    }
  },
};
