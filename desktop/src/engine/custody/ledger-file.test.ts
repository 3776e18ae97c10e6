import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNote } from '@dbwitness/shared/evidence/note.ts';
import { expect, onTestFinished, test } from 'vitest';
import { sampleIdentity, sampleParts, tempFolder } from './fixtures/sample-case.ts';
import { LedgerFile } from './ledger-file.ts';

const examiner = sampleIdentity();

const begin = async (identity = () => examiner as typeof examiner | undefined) => {
  const folder = await tempFolder();
  onTestFinished(folder.remove);
  const parts = sampleParts(identity);
  const reopen = () => LedgerFile.open(folder.path, parts);
  return { ledger: await reopen(), reopen, path: folder.path, file: join(folder.path, 'ledger.jsonl') };
};

test('what is appended is on disk, chained and signed, and opens again where it ended', async () => {
  const { ledger, reopen } = await begin();
  await ledger.append('case.open', {}, []);
  await ledger.append('tag.add', { records: 3, tag: 'x' }, ['E001:1']);
  const again = await reopen();
  expect(again.head).toEqual(ledger.head);
  expect(again.lastHash).toBe(ledger.lastHash);
  await again.append('case.close', {}, []);
  const reading = await again.verify();
  expect(reading.problems).toEqual([]);
  expect(reading.signatures).toEqual(['valid', 'valid', 'valid']);
  expect(again.state()).toEqual({ entries: 3, state: 'intact', unsigned: 0 });
});

test('acts at the same time are written one after the other', async () => {
  const { ledger } = await begin();
  await Promise.all(
    Array.from({ length: 40 }, (_, i) => ledger.append('record.view', { record: `E001:${i}` }, [])),
  );
  const { problems, entries } = await ledger.verify();
  expect(problems).toEqual([]);
  expect(entries.map((entry) => entry?.body)).toEqual(
    Array.from({ length: 40 }, (_, i) => ({ record: `E001:${i}` })),
  );
});

test('without an identity entries are unsigned, until a signed one adopts them', async () => {
  let identity: typeof examiner | undefined;
  const { ledger, reopen } = await begin(() => identity);
  await ledger.append('case.open', {}, []);
  await ledger.append('case.header', { old: null, new: 'x' }, []);
  expect((await ledger.verify()).problems.map(({ id }) => id)).toEqual([
    'ledger/unsigned',
    'ledger/unsigned',
  ]);
  await expect(ledger.adopt()).rejects.toMatchObject({ code: 'identity/locked' });
  identity = examiner;
  expect(await ledger.adopt()).toBe(2);
  const { problems, signatures } = await ledger.verify();
  expect([problems, signatures]).toEqual([[], ['adopted', 'adopted', 'valid']]);
  expect((await reopen()).state()).toEqual({ entries: 3, state: 'intact', unsigned: 0 });
});

test('a torn last line is moved aside and recorded, at every byte where a crash can cut it', async () => {
  const { ledger, file } = await begin();
  await ledger.append('case.open', {}, []);
  const whole = (await readFile(file)).length;
  await ledger.append('case.close', {}, []);
  const bytes = await readFile(file);
  for (let cut = whole + 1; cut < bytes.length; cut += 37) {
    const { path, reopen, file: torn } = await begin();
    await writeFile(torn, bytes.subarray(0, cut));
    const recovered = await reopen();
    const { problems, entries } = await recovered.verify();
    expect([problems, entries.map((entry) => entry?.act)]).toEqual([[], ['case.open', 'ledger.recovered']]);
    const lost = bytes.subarray(whole, cut);
    const sha256 = createHash('sha256').update(lost).digest('hex');
    expect(entries[1]?.body).toEqual({ length: lost.length, sha256 });
    expect(await readFile(join(path, `ledger.torn-${sha256.slice(0, 16)}`))).toEqual(lost);
    expect(recovered.state().state).toBe('recovered');
  }
});

test('a line that was changed makes the ledger broken, and says where', async () => {
  const { ledger, reopen, file } = await begin();
  await ledger.append('case.open', {}, []);
  await ledger.append('tag.add', { records: 3, tag: 'x' }, []);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"tag":"x"', '"tag":"y"'));
  const again = await reopen();
  expect((await again.verify()).problems.map(({ id, seq }) => [id, seq])).toEqual([['ledger/signature', 1]]);
  await writeFile(file, (await readFile(file, 'utf8')).split('\n').slice(1).join('\n'));
  expect((await reopen()).state().state).toBe('broken');
});

test('a ledger that another program wrote to is not appended to', async () => {
  const { ledger, file } = await begin();
  await ledger.append('case.open', {}, []);
  await appendFile(file, 'x');
  await expect(ledger.append('case.close', {}, [])).rejects.toMatchObject({ code: 'ledger/changed' });
  await truncate(file, (await readFile(file)).length - 1);
  await ledger.append('case.close', {}, []);
  expect((await ledger.verify()).problems).toEqual([]);
});

test('free text stands in a salted file of its own that the entry names', async () => {
  const { ledger, path } = await begin();
  await ledger.append('note.add', { note: 'N1' }, [], { detail: { text: 'what was said' } });
  const [entry] = (await ledger.verify()).entries;
  const detail = String((entry?.body as { detail?: unknown } | undefined)?.detail);
  expect(await readdir(join(path, 'bodies'))).toEqual([`${detail}.json`]);
  const body = await ledger.body(detail);
  expect(createHash('sha256').update(body).digest('hex')).toBe(detail);
  expect(JSON.parse(Buffer.from(body).toString())).toEqual({
    salt: '07'.repeat(16),
    value: { text: 'what was said' },
  });
  expect(JSON.stringify(entry)).not.toContain('what was said');
});

test('an act may have circumstances of its own; others come from the case', async () => {
  const { ledger } = await begin();
  await ledger.append(
    'custody.transfer',
    { from: 'A', to: 'B', condition: 'sealed', result: 'matches' },
    ['E001'],
    { place: 'Room 5' },
  );
  const [entry] = (await ledger.verify()).entries;
  expect(entry).toMatchObject({ place: 'Room 5', authority: 'order 1', purpose: 'review' });
});

test('entries of an intake are counted, also after opening again', async () => {
  const { ledger, reopen } = await begin();
  const digests = { length: 1, sha256: 'a', sha512: 'b' };
  await ledger.append('exhibit.register', { ...digests, intake: 'i1' }, ['E001']);
  await ledger.append('exhibit.register', { ...digests, intake: 'i2' }, ['E002']);
  expect([
    await ledger.entriesOf('i1'),
    await (await reopen()).entriesOf('i2'),
    await ledger.entriesOf('i3'),
  ]).toEqual([1, 1, 0]);
});

test('a checkpoint names size and root under the ledger’s own name', async () => {
  const { ledger } = await begin();
  await ledger.append('case.open', {}, []);
  const note = readNote(ledger.checkpoint(examiner));
  expect(note?.text.split('\n').slice(0, 2)).toEqual([
    'dbwitness/6b7c0a52-3c1d-4a3e-9a39-0d9c6f7f6f11/ledger',
    '1',
  ]);
  expect(note?.signatures).toHaveLength(1);
});

test('a torn line is moved aside whole where an earlier byte is not UTF-8', async () => {
  const { ledger, reopen, path, file } = await begin();
  await ledger.append('case.open', {}, []);
  await ledger.append('case.close', {}, []);
  const whole = await readFile(file);
  whole[5] = 0xff;
  await writeFile(file, Buffer.concat([whole, Buffer.from('{"act":"torn')]));
  const again = await reopen();
  expect(again.state().state).toBe('broken');
  const aside = (await readdir(path)).filter((name) => name.startsWith('ledger.torn-'));
  expect(await Promise.all(aside.map((name) => readFile(join(path, name), 'utf8')))).toEqual([
    '{"act":"torn',
  ]);
  const after = await readFile(file);
  expect(after.subarray(0, whole.length)).toEqual(whole);
  expect(JSON.parse(after.toString('utf8', whole.length))).toMatchObject({ act: 'ledger.recovered' });
});
