import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleIdentity, sealSample, tempFolder } from '../engine/custody/fixtures/sample-case.ts';
import { idsOf, Mutant } from './fixtures/mutant.ts';

/** Files that cannot be read must fail a check: skipped, one bad byte would silence all that would have looked inside. */
let folder: Awaited<ReturnType<typeof tempFolder>>;
let good: Mutant;
beforeAll(async () => {
  folder = await tempFolder();
  good = await Mutant.load((await sealSample(folder.path)).path);
});
afterAll(() => folder.remove());

const spoilt = (path: string) => {
  const mutant = good.copy();
  return mutant
    .put(path, Buffer.concat([mutant.bytes(path), Buffer.from([0xff, 0x0a])]))
    .manifests()
    .sign();
};

test.each([
  ['custody/ledger.jsonl', ['ledger/sequence']],
  ['custody/ledger.checkpoint', ['ledger/signature']],
  ['custody/checkpoints/E001.blocks', ['blocks/tree']],
  ['data/index/E001.ranges.jsonl', ['ranges/tiling']],
  ['data/proofs/E001-4.json', ['proof/invalid']],
  ['data/proofs/E001-4.0.tlog-proof', ['proof/invalid']],
])('%s with a byte that is no text', async (path, ids) => {
  const result = await spoilt(path).verify();
  expect(result.verdict).toBe('failed');
  expect(idsOf(result)).toEqual(expect.arrayContaining([...ids]));
});

test.each(['custody/keys', 'data/index'])('every %s file with a byte that is no text', async (place) => {
  const ending = place === 'data/index' ? '.item.json' : '.pem';
  for (const path of good.files.keys()) {
    if (!path.startsWith(`${place}/`) || !path.endsWith(ending)) continue;
    expect((await spoilt(path).verify({ fingerprint: sampleIdentity().fingerprint })).verdict, path).toBe(
      'failed',
    );
  }
});
