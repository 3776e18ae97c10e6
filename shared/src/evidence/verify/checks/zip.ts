import type { Check } from '../check.ts';

/** What the zip reader compares: central directory against local headers, sizes against caps, entries against the file. */
export const ZIP_IDS = [
  'zip/damaged',
  'zip/duplicate',
  'zip/encrypted',
  'zip/gap',
  'zip/local-header',
  'zip/lying-size',
  'zip/method',
  'zip/ratio',
  'zip/size',
  'zip/top-folders',
] as const;

/** The archive says one thing, to every reader. */
export const zip: Check = {
  ids: ZIP_IDS,
  run(contents, findings) {
    for (const { id, target, detail } of contents.problems)
      if (id.startsWith('zip/')) findings.fail(id, target, detail);
    if (contents.reader.container === 'folder') {
      for (const id of ZIP_IDS) findings.skip(id, '', 'the package is a folder');
    }
  },
};
