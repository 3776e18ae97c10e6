import { expect, test } from 'vitest';
import { checkpointText, readCheckpoint } from './checkpoint.ts';
import { fromBase64 } from './encoding.ts';
import { testSigner, tools, verifySignature } from './fixtures/node-primitives.ts';
import { readNote, signaturesBy, signNote } from './note.ts';
import { readTlogProof, tlogProofText } from './tlog-proof.ts';

const EXAMPLE = `This is an example message.

\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
const EXAMPLE_KEY = (fromBase64('AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k') as Uint8Array).slice(1);

test('the example note of the C2SP specification verifies with its key', () => {
  const note = readNote(EXAMPLE);
  expect(note?.text).toBe('This is an example message.\n');
  const [signature] = note === undefined ? [] : signaturesBy(tools, note, 'example.com/foo', EXAMPLE_KEY);
  expect(verifySignature(EXAMPLE_KEY, tools.text.encode(note?.text ?? ''), signature as Uint8Array)).toBe(
    true,
  );
  expect(verifySignature(EXAMPLE_KEY, tools.text.encode('Another.\n'), signature as Uint8Array)).toBe(false);
});

test('our notes read back; other keys and names find no signature in them', () => {
  const signer = testSigner(1);
  const note = readNote(signNote(tools, 'a\n\nb\n', 'dbwitness/x/ledger', signer));
  if (note === undefined) throw new Error('unreadable');
  expect(note.text).toBe('a\n\nb\n');
  const [signature] = signaturesBy(tools, note, 'dbwitness/x/ledger', signer.publicKey);
  expect(verifySignature(signer.publicKey, tools.text.encode('a\n\nb\n'), signature as Uint8Array)).toBe(
    true,
  );
  expect(signaturesBy(tools, note, 'dbwitness/x/ledger', testSigner(2).publicKey)).toEqual([]);
  expect(signaturesBy(tools, note, 'dbwitness/y/ledger', signer.publicKey)).toEqual([]);
});

test('sixteen signatures are accepted; control characters, missing ends and unsigned texts are not', () => {
  const line = EXAMPLE.split('\n')[2];
  expect(readNote(`t\n\n${`${line}\n`.repeat(16)}`)?.signatures).toHaveLength(16);
  for (const bad of [
    't\n',
    't\n\n',
    EXAMPLE.slice(0, -1),
    EXAMPLE.replace('an', 'a\tn'),
    EXAMPLE.replace('\u2014', '-'),
    '',
  ]) {
    expect(readNote(bad), JSON.stringify(bad)).toBeUndefined();
  }
});

test('checkpoints are three lines with a plain decimal size', () => {
  const root = new Uint8Array(32).fill(9);
  const text = checkpointText({ origin: 'o', size: 12, root });
  expect(text).toBe('o\n12\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n');
  expect(readCheckpoint(text)).toEqual({ origin: 'o', size: 12, root });
  for (const bad of [
    text.replace('12', '012'),
    text.replace('12', '-1'),
    `${text}more\n`,
    text.replace('CQ', 'C'),
    text.slice(2),
  ]) {
    expect(readCheckpoint(bad)).toBeUndefined();
  }
});

test('a proof file reads back, and an extra line is not looked at', () => {
  const proof = {
    index: 5,
    hashes: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
    checkpoint: EXAMPLE,
  };
  const text = tlogProofText(proof);
  expect(readTlogProof(text)).toEqual(proof);
  expect(readTlogProof(text.replace('@v1\n', '@v1\nextra AAAA\n'))).toEqual(proof);
  expect(readTlogProof(tlogProofText({ ...proof, hashes: [] }))?.hashes).toEqual([]);
  for (const bad of [
    text.replace('@v1', '@v2'),
    text.replace('index 5', 'index 05'),
    text.replace('AQEB', 'AQE'),
    'x',
  ]) {
    expect(readTlogProof(bad)).toBeUndefined();
  }
});
