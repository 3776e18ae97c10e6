import { expect, test } from 'vitest';
import { readBagInfo, readManifest } from './bag.ts';
import { checkpointText, readCheckpoint } from './checkpoint.ts';
import { consistencyText, readConsistency } from './consistency-file.ts';
import { readEnvelope, signEnvelope } from './dsse.ts';
import { testSigner, tools, verifySignature } from './fixtures/node-primitives.ts';
import { declaredSource, itemJson, readItem } from './item.ts';
import { fingerprint, publicKeyPem, readPublicKeyPem } from './key.ts';
import { readLedger } from './ledger.ts';
import { entryLine, genesis, readEntry } from './ledger-entry.ts';
import { readNote, signNote } from './note.ts';
import { readRangeRun } from './ranges.ts';
import { readRecordProof, recordProofJson } from './record-proof.ts';
import { readStatement, statementJson } from './statement.ts';
import { readTlogProof, tlogProofText } from './tlog-proof.ts';
import { readTrust } from './trust.ts';

/** Readers of outside documents with a good one each: altered anyhow, they answer, and never throw (SECURITY IM-11). */
const signer = testSigner(1);
const hash = new Uint8Array(32).fill(1);
const hex = 'a'.repeat(64);
const note = signNote(tools, checkpointText({ origin: 'o', size: 3, root: hash }), 'o', signer);
const line = entryLine(
  tools,
  {
    v: 1,
    seq: 0,
    prev: genesis(tools, 'c'),
    case: 'c',
    actor: { key: fingerprint(tools.sha256, signer.publicKey), name: 'A', role: 'examiner' },
    at: '2026-05-01T12:00:00.000Z',
    mono: '1',
    authority: 'x',
    purpose: 'x',
    place: 'x',
    tool: 'x',
    act: 'ledger.adopt',
    object: [],
    body: { from: 0, to: 2 },
  },
  signer,
);
const trust = JSON.stringify({
  version: 1,
  keys: [
    {
      fingerprint: fingerprint(tools.sha256, signer.publicKey),
      publicKeyPem: publicKeyPem(signer.publicKey),
    },
  ],
  policy: { minSigners: 1 },
});
const item = itemJson({
  v: 1,
  exhibit: 'E001',
  name: { text: 'a' },
  path: 'data/original/E001/a',
  length: 1,
  sha256: hex,
  sha512: hex + hex,
  blocks: { size: 1, root: hex },
  modified: 'x',
  acquiredAt: 'x',
  declared: declaredSource(),
  providerDigest: { result: 'matches', given: 'x' },
  reading: {},
});
const statement = statementJson({
  subject: [{ name: 't', digest: { sha256: hex, sha512: hex + hex } }],
  predicate: {
    package: 'p',
    case: 'c',
    sequence: 1,
    supersedes: null,
    profile: '1',
    tool: 't',
    sealedAt: '2026-05-01T12:00:00.000Z',
    ledger: { size: 1, root: hex },
    evidence: [],
    signer: { role: 'r' },
  },
});

const READERS: readonly (readonly [name: string, good: string, read: (text: string) => unknown])[] = [
  ['note', note, readNote],
  ['checkpoint', checkpointText({ origin: 'o', size: 3, root: hash }), readCheckpoint],
  ['tlog-proof', tlogProofText({ index: 1, hashes: [hash, hash], checkpoint: note }), readTlogProof],
  ['consistency', consistencyText([hash, hash]), readConsistency],
  ['envelope', signEnvelope(tools, 't', hash, 'k', signer), readEnvelope],
  ['statement', statement, readStatement],
  ['entry', line, readEntry],
  ['item', item, readItem],
  [
    'record proof',
    recordProofJson({ v: 1, exhibit: 'E001', index: 1, from: 0, to: 9, sha256: hex, blocks: [0] }),
    readRecordProof,
  ],
  ['range', '{"code":"x","from":0,"k":"ignored","to":1}', readRangeRun],
  ['key', publicKeyPem(signer.publicKey), readPublicKeyPem],
  ['trust file', trust, (text) => readTrust(tools.sha256, text)],
  ['manifest', `${hex}  data/a\n`, (text) => readManifest(text, 'sha256')],
  ['bag-info', 'Payload-Oxum: 1.1\n', readBagInfo],
];

/** A small generator: the same cases in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % below;
  };
}

test.each(READERS)('the reader of a %s takes its good text and survives every bad one', (_, good, read) => {
  expect(read(good)).toBeDefined();
  const random = generator(11);
  for (let i = 0; i < 4000; i++) {
    const bytes = Buffer.from(good);
    for (let n = 0; n <= random(3); n++) bytes[random(bytes.length)] = random(256);
    const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    expect(() => read(cut.toString(random(2) === 0 ? 'utf8' : 'latin1'))).not.toThrow();
  }
  for (const hostile of [
    '',
    '\0',
    'null',
    '[]',
    '{}',
    '"',
    `${'['.repeat(50_000)}`,
    '{"__proto__":{"x":1}}',
    '\ud800',
    '0'.repeat(100_000),
  ]) {
    expect(() => read(hostile)).not.toThrow();
  }
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

test('a ledger of altered lines is read to its end, and no altered line keeps its signature', async () => {
  const keys = new Map([[fingerprint(tools.sha256, signer.publicKey), signer.publicKey]]);
  const random = generator(5);
  for (let i = 0; i < 300; i++) {
    const bytes = Buffer.from(line);
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 + random(127));
    const { signatures, entries } = await readLedger(tools, verifySignature, [bytes.toString('latin1')], {
      caseId: 'c',
      keys,
    });
    expect(entries).toHaveLength(1);
    expect(signatures).not.toEqual(['valid']);
  }
});
