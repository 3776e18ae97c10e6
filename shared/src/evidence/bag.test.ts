import { expect, test } from 'vitest';
import { bagInfoText, manifestText, readBagInfo, readManifest } from './bag.ts';

const digest = (digit: string) => digit.repeat(64);

test('a manifest is what sha256sum reads, in byte order', () => {
  const text = manifestText([
    { path: 'data/b', digest: digest('b') },
    { path: 'data/B', digest: digest('a') },
  ]);
  expect(text).toBe(`${digest('a')}  data/B\n${digest('b')}  data/b\n`);
  const read = readManifest(text, 'sha256');
  expect([[...read.lines], read.problems]).toEqual([
    [
      ['data/B', digest('a')],
      ['data/b', digest('b')],
    ],
    [],
  ]);
  expect(readManifest('', 'sha256')).toEqual({ lines: new Map(), problems: [] });
});

test('one bad line does not keep the others from being read', () => {
  const good = `${digest('b')}  data/b\n`;
  const kinds = (text: string) => readManifest(text, 'sha256').problems.map(({ kind, line }) => [kind, line]);
  expect(kinds(`${digest('A')}  data/a\n${good}`)).toEqual([['syntax', 1]]);
  expect(kinds(`${digest('a')} *data/a\n${good}`)).toEqual([['syntax', 1]]);
  expect(kinds(`nonsense\n${good}`)).toEqual([['syntax', 1]]);
  expect(kinds(`${digest('a').slice(1)}  data/a\n${good}`)).toEqual([['syntax', 1]]);
  expect(kinds(`${good}${good}`)).toEqual([['duplicate', 2]]);
  expect(kinds(`${good}${digest('a')}  data/a\n`)).toEqual([['syntax', 2]]);
  expect(kinds(good.trimEnd())).toEqual([['syntax', 0]]);
  expect(readManifest(`${digest('A')}  data/a\n${good}`, 'sha256').lines.get('data/a')).toBe(digest('a'));
});

test('bag-info has its labels in a fixed order and values of one line', () => {
  const text = bagInfoText({
    organisation: 'Example\nOffice',
    caseId: 'c',
    packageId: 'p',
    date: '2026-05-01',
    payload: { bytes: 12, files: 3 },
  });
  expect(text).toBe(
    'Source-Organization: Example Office\nExternal-Identifier: c\nInternal-Sender-Identifier: p\nBagging-Date: 2026-05-01\nPayload-Oxum: 12.3\nDB-Witness-Profile: 1\n',
  );
  expect(readBagInfo(text)).toMatchObject({ inOrder: true });
  expect(readBagInfo(text).values.get('Payload-Oxum')).toBe('12.3');
  expect(readBagInfo(text.split('\n').reverse().join('\n')).inOrder).toBe(false);
  expect(readBagInfo(`DB-Witness-Profile: 2\n${text}`).values.get('DB-Witness-Profile')).toBe('2');
});
