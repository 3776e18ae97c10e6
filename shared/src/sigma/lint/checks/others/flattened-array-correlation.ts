import type { DocumentCheck } from '../../check.ts';
import { sigmaVersion } from '../../sigma-version.ts';

const RULE = (items: string) =>
  `title: x\nsigma-version: 3\ndetection:\n    sel:\n${items}    condition: sel\n`;

export const flattenedArrayCorrelation: DocumentCheck = {
  id: 'flattened_array_correlation',
  origin: 'others',
  severity: 'warning',
  about: 'several items choose members of one array, each for itself',
  help: 'Each of them may hold for another member. To ask for one member with all of it, nest the items below the array (SIGMA R17).',
  examples: {
    invalid: [
      {
        rule: RULE('        peers[any].port: 22\n        peers[any].host: db1\n'),
        marks: ['peers[any].host'],
      },
    ],
    valid: [
      RULE('        peers[any]:\n            port: 22\n            host: db1\n'),
      RULE('        peers[any].port: 22\n        peers[0].host: db1\n'),
    ],
  },
  check(document, report) {
    if (sigmaVersion(document) < 3) return;
    for (const { value } of document.searches) {
      for (const map of value.kind === 'list' ? value.items : [value]) {
        if (map.kind !== 'map') continue;
        const seen = new Set<string>();
        for (const { key, keySpan } of map.entries) {
          const [, array] = /^([^|]*\[(?:any|all|all_or_empty|none)\])\./.exec(key) ?? [];
          if (array === undefined) continue;
          if (seen.has(array))
            report(keySpan, `This may be another member of “${array}” than the item above.`);
          seen.add(array);
        }
      }
    }
  },
};
