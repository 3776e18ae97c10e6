import { expect, it } from 'vitest';
import { lintFiles } from './fixtures/lint-text.ts';
import { mend } from './mend.ts';

const lint = (files: readonly { readonly name: string; readonly text: string }[]) =>
  lintFiles(Object.fromEntries(files.map(({ name, text }) => [name, text])));

it('mends in rounds what one fix lays open, keeps comments and line ends, and says what it did', () => {
  const text =
    "title: x\nlogsource: {category: own}\ndetection:\n    sel: # what\n        user:\n            - '*'   \n        a|re|ignorecase|contains: ^x # why\n    condition: any of sel*\n";
  const { files, applied, result } = mend([{ name: 'a.yml', text }], lint);
  expect(files[0]?.text).toBe(
    'title: x\nlogsource: {category: own}\ndetection:\n    sel: # what\n        user|exists: true\n        a|re|i: ^x # why\n    condition: 1 of sel*\n',
  );
  expect(new Set(applied.map(({ code }) => code))).toEqual(
    new Set([
      'one_element_list',
      'trailing_blanks',
      'lone_star',
      'regex_with_affix',
      'regex_flag_name',
      'any_of',
    ]),
  );
  expect(result.findings.filter(({ fix }) => fix?.safe === true)).toEqual([]);
});

it('leaves fixes that change the meaning to people', () => {
  const text =
    'title: x\nlogsource: {category: database}\ndetection:\n    sel:\n        class: data_raed\n    condition: sel\n';
  const { files, applied } = mend([{ name: 'a.yml', text }], lint);
  expect({ text: files[0]?.text, applied }).toEqual({ text, applied: [] });
});
