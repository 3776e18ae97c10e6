import { execFileSync } from 'node:child_process';
import { link, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blocksOrigin, ledgerOrigin } from '@dbwitness/shared/evidence/checkpoint.ts';
import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import { type ItemFile, itemJson, readItem } from '@dbwitness/shared/evidence/item.ts';
import { fp16, publicKeyPem } from '@dbwitness/shared/evidence/key.ts';
import { ledgerHead } from '@dbwitness/shared/evidence/ledger.ts';
import {
  entryHash,
  entryLine,
  genesis,
  type LedgerEntry,
  readEntry,
  type UnsignedEntry,
} from '@dbwitness/shared/evidence/ledger-entry.ts';
import { HASH_BYTES, MerkleTree, packHashes } from '@dbwitness/shared/evidence/merkle.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CASE_ID,
  cutExhibits,
  sampleExhibits,
  sampleIdentity,
  sampleParts,
  sealSample,
  tempFolder,
} from '../engine/custody/fixtures/sample-case.ts';
import { LedgerFile } from '../engine/custody/ledger-file.ts';
import { FileHasher } from './file-hasher.ts';
import { idsOf, Mutant } from './fixtures/mutant.ts';
import { nodePrimitives } from './node-host.ts';
import { verifyPackage } from './verify-package.ts';

const ORIGINAL = 'data/original/E001/postgresql_1.log';
const LEDGER = 'custody/ledger.jsonl';
const examiner = sampleIdentity();
const stranger = sampleIdentity(9);
const SIG = `signatures/${fp16(examiner.fingerprint)}`;
const KEY = `custody/keys/${fp16(examiner.fingerprint)}.pem`;

let folder: Awaited<ReturnType<typeof tempFolder>>;
let good: Mutant;
let packageFolder: string;
beforeAll(async () => {
  folder = await tempFolder();
  packageFolder = (await sealSample(folder.path)).path;
  good = await Mutant.load(packageFolder);
});
afterAll(() => folder.remove());

/** The ids that fail in a mutant of the good package, for a reader who knows the examiner's fingerprint. */
const failing = async (mutate: (package_: Mutant) => Mutant) => idsOf(await mutate(good.copy()).verify());

test('the good package has no failing check and names every id once at least', async () => {
  const result = await good.verify();
  expect(idsOf(result)).toEqual([]);
  expect(result.verdict).toBe('verified');
  expect(new Set(result.checks.map(({ id }) => id)).size).toBeGreaterThan(60);
  for (const check of result.checks) if (check.status === 'not-checked') expect(check.detail).not.toBe('');
});

describe('content', () => {
  test('an altered byte in evidence is named with its block and bytes', async () => {
    const result = await good
      .copy()
      .flip(ORIGINAL, 2 * 65_536 + 17)
      .verify();
    expect(idsOf(result)).toEqual(['blocks/leaf', 'payload/digest']);
    const leaf = result.checks.find(({ id }) => id === 'blocks/leaf');
    expect(leaf).toMatchObject({
      target: ORIGINAL,
      detail: 'block 2 (bytes 131072 to 196607) is not what was taken in',
    });
  });

  test('in a block with a cited record its proof fails too', async () => {
    expect(await failing((m) => m.flip(ORIGINAL, 3))).toEqual([
      'blocks/leaf',
      'payload/digest',
      'proof/invalid',
    ]);
  });

  test('an altered tag file', async () => {
    expect(await failing((m) => m.edit('viewer.html', (t) => `${t} `))).toEqual(['tag/digest']);
  });

  test('file, leaves, item and manifests rewritten together', async () => {
    const result = await rewritten(good.copy()).manifests().verify();
    // The ledger tells of another file than this one: that is the same finding from a third side.
    expect(idsOf(result)).toEqual(['blocks/tree', 'payload/digest', 'signature/subject']);
  });

  test('and signed again by the key holder, who left the checkpoints', async () => {
    const mutant = rewritten(good.copy()).manifests();
    const item = readItem(mutant.text('data/index/E001.item.json'));
    const result = await mutant
      .sign((statement) => ({
        ...statement,
        predicate: {
          ...statement.predicate,
          evidence: statement.predicate.evidence.map((e) =>
            e.exhibit === 'E001' && item !== undefined
              ? { ...e, sha256: item.sha256, blocks: item.blocks }
              : e,
          ),
        },
      }))
      .verify();
    expect(idsOf(result)).toEqual(['blocks/tree', 'payload/digest']);
  });

  test.each([
    [
      'a removed payload file',
      (m: Mutant) => m.remove('data/rules/one.yml'),
      ['payload/missing', 'profile/oxum'],
    ],
    ['a removed tag file', (m: Mutant) => m.remove('viewer.html'), ['tag/missing']],
    [
      'all signatures removed',
      (m: Mutant) => m.remove(...[...m.files.keys()].filter((p) => p.startsWith('signatures/'))),
      ['signature/missing'],
    ],
    [
      'an added payload file',
      (m: Mutant) => m.put('data/rules/two.yml', ''),
      ['payload/unlisted', 'profile/oxum'],
    ],
    ['an added tag file', (m: Mutant) => m.put('custody/note.txt', ''), ['tag/unlisted']],
    ['a file beside the bag files', (m: Mutant) => m.put('readme.txt', ''), ['tag/unlisted']],
    [
      'a file in a folder that no manifest covers',
      (m: Mutant) => m.put('signatures/more.txt', ''),
      ['profile/unexpected-entry'],
    ],
    [
      'a signature file of no signer',
      (m: Mutant) => m.put('signatures/0123456789abcdef.sig', ''),
      ['profile/unexpected-entry'],
    ],
    [
      'a time stamp of no signer',
      (m: Mutant) => m.put('timestamps/0123456789abcdef.revocation/more.html', ''),
      ['profile/unexpected-entry'],
    ],
    [
      'a renamed payload file',
      (m: Mutant) => m.put('data/rules/2.yml', m.text('data/rules/one.yml')).remove('data/rules/one.yml'),
      ['payload/missing', 'payload/unlisted'],
    ],
  ])('%s', async (_, mutate, ids) => {
    expect(await failing(mutate)).toEqual(ids);
  });

  test('a removed payload file with its count corrected and signed again is missing and nothing else', async () => {
    const result = await good
      .copy()
      .remove('data/rules/one.yml')
      .edit('bag-info.txt', (t) =>
        t.replace(
          /Payload-Oxum: (\d+)\.(\d+)/,
          (_all, b: string, n: string) => `Payload-Oxum: ${Number(b) - 11}.${Number(n) - 1}`,
        ),
      )
      .tags()
      .sign()
      .verify();
    expect(idsOf(result)).toEqual(['payload/missing']);
  });

  test('an empty folder', async () => {
    const ids = await good.inFolder(async (path) => {
      await mkdir(join(path, 'data/empty'));
      return idsOf(await verifyPackage(path, { fingerprint: examiner.fingerprint }));
    });
    expect(ids).toEqual(['profile/unexpected-entry']);
  });
});

/** The first exhibit with another last byte, and everything unsigned that follows from it. */
function rewritten(mutant: Mutant): Mutant {
  const bytes = Buffer.from(mutant.bytes(ORIGINAL));
  bytes[bytes.length - 2] = 0x21;
  const hasher = new FileHasher('digests and leaves');
  hasher.update(bytes);
  const { sha256, sha512, leaves } = hasher.finish();
  const item = readItem(mutant.text('data/index/E001.item.json'));
  if (item === undefined) throw new Error('no item');
  const root = toHex(new MerkleTree(nodePrimitives.sha256, leaves).root);
  return mutant
    .put(ORIGINAL, bytes)
    .put('data/index/E001.leaves', leaves)
    .put(
      'data/index/E001.item.json',
      itemJson({ ...item, sha256, sha512, blocks: { ...item.blocks, root } }),
    );
}

describe('manifests and profile, signed again', () => {
  const line = (text: string, i: number) => text.split('\n')[i] ?? '';
  test.each([
    [
      'a duplicate line',
      (m: Mutant) => m.edit('manifest-sha256.txt', (t) => `${line(t, 0)}\n${t}`),
      ['manifest/duplicate'],
    ],
    [
      'upper-case digits',
      (m: Mutant) => m.edit('manifest-sha256.txt', (t) => t.slice(0, 64).toUpperCase() + t.slice(64)),
      ['manifest/syntax'],
    ],
    [
      'lines out of order',
      (m: Mutant) =>
        m.edit('manifest-sha512.txt', (t) => [...t.trimEnd().split('\n').reverse(), ''].join('\n')),
      ['manifest/syntax'],
    ],
    [
      'one manifest shorter',
      (m: Mutant) => m.edit('manifest-sha512.txt', (t) => t.slice(t.indexOf('\n') + 1)),
      ['manifest/sets-differ'],
    ],
    [
      'the SHA-512 set dropped',
      (m: Mutant) => m.remove('manifest-sha512.txt', 'tagmanifest-sha512.txt'),
      ['profile/missing-element'],
    ],
    [
      'white space in bagit.txt',
      (m: Mutant) => m.edit('bagit.txt', (t) => t.replace('1.0', '1.0 ')),
      ['profile/bagit-txt'],
    ],
    [
      'a byte in bagit.txt that is not text',
      (m: Mutant) => m.put('bagit.txt', Buffer.concat([m.bytes('bagit.txt'), Buffer.from([0xff])])),
      ['profile/bagit-txt'],
    ],
    [
      'another BagIt version',
      (m: Mutant) => m.edit('bagit.txt', (t) => t.replace('1.0', '0.97')),
      ['profile/bagit-txt'],
    ],
    [
      'a wrong Payload-Oxum',
      (m: Mutant) => m.edit('bag-info.txt', (t) => t.replace(/(Oxum: \d+)/, '$11')),
      ['profile/oxum'],
    ],
    [
      'a missing label',
      (m: Mutant) => m.edit('bag-info.txt', (t) => t.replace(/Source-Organization.*\n/, '')),
      ['profile/missing-element'],
    ],
    [
      'an exhibit without its leaves, ranges and checkpoint',
      (m: Mutant) =>
        m
          .remove('data/index/E002.leaves', 'data/index/E002.ranges.jsonl', 'custody/checkpoints/E002.blocks')
          .manifests(),
      ['profile/missing-element'],
    ],
    [
      'an exhibit that nothing describes',
      (m: Mutant) => m.put('data/original/E009/x.log', 'x').manifests(),
      ['profile/missing-element'],
    ],
    [
      'payload manifests that are not text',
      (m: Mutant) => {
        for (const name of ['manifest-sha256.txt', 'manifest-sha512.txt'])
          m.put(name, Buffer.concat([Buffer.from([0xff]), m.bytes(name)]));
        return m;
      },
      ['manifest/syntax'],
    ],
    ['a fetch.txt', (m: Mutant) => m.put('fetch.txt', ''), ['profile/fetch-present']],
    [
      'a listed path that leads out',
      (m: Mutant) =>
        m
          .edit('manifest-sha256.txt', (t) => `${t}${'0'.repeat(64)}  data/../../x\n`)
          .edit('manifest-sha512.txt', (t) => `${t}${'0'.repeat(128)}  data/../../x\n`),
      ['manifest/syntax', 'path/parent'],
    ],
  ])('%s', async (_, mutate, ids) => {
    expect(await failing((m) => mutate(m).tags().sign())).toEqual(ids);
  });

  test('tag manifests that are not text', async () => {
    const names = ['tagmanifest-sha256.txt', 'tagmanifest-sha512.txt'];
    const mutate = (m: Mutant) =>
      names.reduce((mutant, name) => mutant.put(name, Buffer.from([0xff])), m).sign();
    expect(await failing(mutate)).toEqual(['manifest/syntax']);
  });
});

describe('ledger, signed again over whatever it became', () => {
  const entries = (m: Mutant): LedgerEntry[] =>
    m
      .text(LEDGER)
      .trimEnd()
      .split('\n')
      .map((l) => readEntry(l) as LedgerEntry);
  const write = (m: Mutant, lines: readonly string[]) => m.put(LEDGER, lines.map((l) => `${l}\n`).join(''));
  const lines = (m: Mutant) => m.text(LEDGER).trimEnd().split('\n');
  /** Head, checkpoint and statement for the lines as they are: only what is inside the ledger can still speak. */
  const cover = (m: Mutant, size = lines(m).length) => {
    const hashes = packHashes(lines(m).map((l) => entryHash(nodePrimitives, l)));
    const head = ledgerHead(nodePrimitives.sha256, hashes, size);
    m.checkpoint(
      'custody/ledger.checkpoint',
      ledgerOrigin(CASE_ID),
      head.size,
      Buffer.from(head.root, 'hex'),
    );
    return m.tags().sign((s) => ({ ...s, predicate: { ...s.predicate, ledger: head } }));
  };
  /** Chains and signs entries anew, as only the key holder can. */
  const chained = (list: readonly UnsignedEntry[], caseId = CASE_ID) => {
    let prev = genesis(nodePrimitives, caseId);
    return list.map((entry, seq) => {
      const { sig: _, ...unsigned } = { ...entry, seq, prev } as unknown as LedgerEntry;
      const line = entryLine(
        nodePrimitives,
        unsigned as UnsignedEntry,
        entry.actor.key === null ? undefined : examiner.signer,
      );
      prev = toHex(entryHash(nodePrimitives, line));
      return line;
    });
  };
  const targets = async (m: Mutant, id: string) =>
    (await m.verify()).checks.filter((c) => c.id === id && c.status === 'fail').map((c) => c.target);

  test('of a thousand bad lines the first hundred are named and the rest counted', async () => {
    const result = await good
      .copy()
      .edit(LEDGER, (t) => t + 'no entry\n'.repeat(1000))
      .verify();
    const found = result.checks.filter(({ id, status }) => id === 'ledger/signature' && status === 'fail');
    expect(found).toHaveLength(101);
    expect(found[0]).toMatchObject({ target: LEDGER, detail: '900 more entries like these' });
  });

  test('an altered entry: its signature, and the chain after it', async () => {
    const altered = (m: Mutant) =>
      cover(
        write(
          m,
          lines(m).map((l, i) => (i === 4 ? l.replace('E002', 'E009') : l)),
        ),
      );
    expect(await failing(altered)).toEqual(['ledger/chain', 'ledger/signature']);
    expect(await targets(altered(good.copy()), 'ledger/signature')).toEqual([`${LEDGER}#4`]);
    expect(await targets(altered(good.copy()), 'ledger/chain')).toEqual([`${LEDGER}#5`]);
  });

  test('entries reordered', async () => {
    const swapped = (m: Mutant) => {
      const l = lines(m);
      return cover(write(m, [...l.slice(0, 4), l[5] ?? '', l[4] ?? '', ...l.slice(6)]));
    };
    expect(await failing(swapped)).toEqual(['ledger/chain', 'ledger/sequence']);
  });

  test('an entry removed', async () => {
    const cut = (m: Mutant) =>
      cover(
        write(
          m,
          lines(m).filter((_, i) => i !== 4),
        ),
      );
    expect(await failing(cut)).toEqual(['ledger/chain', 'ledger/sequence']);
    expect(await targets(cut(good.copy()), 'ledger/sequence')).toEqual([`${LEDGER}#5`]);
  });

  test('an entry inserted', async () => {
    expect(
      await failing((m) =>
        cover(
          write(
            m,
            lines(m).flatMap((l, i) => (i === 4 ? [l, l] : [l])),
          ),
        ),
      ),
    ).toEqual(['ledger/chain', 'ledger/sequence']);
  });

  test('a line that is no entry', async () => {
    expect(
      await failing((m) =>
        cover(
          write(
            m,
            lines(m).map((l, i) => (i === 4 ? l.replace('"act"', '"Act"') : l)),
          ),
        ),
      ),
    ).toEqual(['ledger/chain', 'ledger/sequence', 'ledger/signature']);
  });

  test('the tail cut', async () => {
    expect(await failing((m) => write(m, lines(m).slice(0, -2)).tags().sign())).toEqual([
      'ledger/shorter-than-checkpoint',
    ]);
  });

  test('cut and signed again by the key holder: only who saw more can tell', async () => {
    const cut = (m: Mutant) => {
      const kept = entries(m);
      return cover(write(m, chained([...kept.slice(0, -4), ...kept.slice(-1)])));
    };
    const alone = await cut(good.copy()).verify();
    expect(idsOf(alone)).toEqual([]);
    expect(alone.checks.find(({ id }) => id === 'ledger/inconsistent-with-earlier')?.status).toBe(
      'not-checked',
    );
    const against = await cut(good.copy()).verify({
      fingerprint: examiner.fingerprint,
      against: packageFolder,
    });
    expect(idsOf(against)).toEqual(['ledger/inconsistent-with-earlier']);
  });

  test('rewritten and signed again at the same length, against a noted head', async () => {
    const [, size, root] = good.text('custody/ledger.checkpoint').split('\n');
    const expectLedger = `${size}:${Buffer.from(root ?? '', 'base64').toString('hex')}`;
    const rewrittenLedger = cover(
      write(good.copy(), chained(entries(good).map((e) => ({ ...e, place: 'elsewhere' })))),
    );
    expect(idsOf(await rewrittenLedger.verify({ fingerprint: examiner.fingerprint, expectLedger }))).toEqual([
      'ledger/inconsistent-with-earlier',
    ]);
  });

  test('the ledger of another case', async () => {
    const other = '0f0e0d0c-3c1d-4a3e-9a39-0d9c6f7f6f11';
    const foreign = (m: Mutant) =>
      cover(
        write(
          m,
          chained(
            entries(m).map((e) => ({ ...e, case: other })),
            other,
          ),
        ),
      );
    expect(await failing(foreign)).toEqual(['ledger/genesis']);
  });

  test('a body altered, or absent and not listed', async () => {
    const body = [...good.files.keys()].find((path) => path.startsWith('custody/bodies/')) ?? '';
    expect(
      await failing((m) =>
        m
          .edit(body, (t) => t.replace('SELECT 1', 'SELECT 2'))
          .tags()
          .sign(),
      ),
    ).toEqual(['ledger/body']);
    expect(await failing((m) => m.remove(body).tags().sign())).toEqual(['ledger/body']);
  });

  test('unsigned entries that nobody adopted are a warning', async () => {
    const list = entries(good).filter((entry) => entry.act !== 'ledger.adopt');
    const result = await cover(write(good.copy(), chained(list))).verify();
    expect(idsOf(result)).toEqual([]);
    expect(idsOf(result, 'warn')).toEqual(['ledger/unsigned']);
  });

  test('a clock that stepped back is a warning', async () => {
    const list = entries(good).map((e, i) => (i === 5 ? { ...e, at: '2026-04-01T00:00:00.000Z' } : e));
    const result = await cover(write(good.copy(), chained(list))).verify();
    expect([idsOf(result), idsOf(result, 'warn')]).toEqual([[], ['ledger/clock-backwards']]);
  });

  test('an earlier checkpoint in the package that the ledger does not continue', async () => {
    const mutant = good
      .copy()
      .checkpoint('custody/previous/001.checkpoint', ledgerOrigin(CASE_ID), 3, new Uint8Array(32));
    expect(idsOf(await mutant.put('custody/previous/001.consistency', '').tags().sign().verify())).toEqual([
      'ledger/inconsistent-with-earlier',
    ]);
  });
});

describe('signatures and keys', () => {
  test('a signature from another package', async () => {
    const other = await tempFolder();
    try {
      const foreign = await Mutant.load(
        (await sealSample(other.path, { report: () => ({ another: 'report' }) })).path,
      );
      const swapped = good.copy();
      for (const [path, bytes] of foreign.files) if (path.startsWith('signatures/')) swapped.put(path, bytes);
      // The other package's ledger differs in its seal alone, so its statement is of another ledger head as well.
      expect(idsOf(await swapped.verify())).toEqual(['ledger/chain', 'signature/subject']);
    } finally {
      await other.remove();
    }
  });

  test.each([
    ['a corrupt signature', (m: Mutant) => corrupt(m), ['signature/invalid']],
    ['no envelope any more', (m: Mutant) => m.put(`${SIG}.dsse.json`, '{}'), ['signature/invalid']],
    [
      'another payload type',
      (m: Mutant) => m.sign((s) => s, examiner, 'application/json'),
      ['signature/payload-type'],
    ],
    [
      'a payload of another predicate',
      (m: Mutant) =>
        m.signPayload(
          m.text('signatures/statement.json').replace('evidence-package:v1', 'evidence-package:v9'),
        ),
      ['signature/payload-type'],
    ],
    ['a companion altered', (m: Mutant) => m.flip('signatures/statement.pae', 40), ['signature/companion']],
    ['the raw signature altered', (m: Mutant) => m.flip(`${SIG}.sig`, 0), ['signature/companion']],
    ['a companion gone', (m: Mutant) => m.remove('signatures/statement.json'), ['signature/companion']],
    [
      'the key file swapped',
      (m: Mutant) => m.put(KEY, publicKeyPem(stranger.signer.publicKey)).tags().sign(),
      ['signature/fingerprint'],
    ],
    [
      'another case in bag-info',
      (m: Mutant) =>
        m
          .edit('bag-info.txt', (t) =>
            t.replace(/Internal-Sender-Identifier: ./, 'Internal-Sender-Identifier: x'),
          )
          .tags()
          .sign(),
      ['signature/subject'],
    ],
  ])('%s', async (_, mutate, ids) => {
    const result = await mutate(good.copy()).verify();
    expect(idsOf(result)).toEqual(ids);
    expect(result.verdict).toBe('failed');
  });

  test('a right signature by a key that the reader does not accept', async () => {
    const result = await good.verify({ fingerprint: stranger.fingerprint });
    expect(idsOf(result)).toEqual(['signature/untrusted-key']);
    expect(result).toMatchObject({ verdict: 'not-trusted', exit: 3 });
  });

  const trustFile = async (key: object, minSigners = 1) => {
    const path = join(folder.path, 'trust.json');
    const entry = {
      fingerprint: examiner.fingerprint,
      publicKeyPem: examiner.publicKeyPem,
      person: 'A. Examiner',
      role: 'examiner',
      organisation: 'Example',
      boundBy: 'in person',
      boundOn: '2026-01-01',
      ...key,
    };
    await writeFile(
      path,
      JSON.stringify({ version: 1, keys: [entry], timestampRoots: [], policy: { minSigners } }),
    );
    return { trust: path };
  };

  test('a trust file that knows the key makes the package verified, and names the person', async () => {
    const result = await good.verify(
      await trustFile({ validFrom: '2026-01-01T00:00:00Z', validTo: '2027-01-01T00:00:00Z' }),
    );
    expect(result).toMatchObject({
      verdict: 'verified',
      exit: 0,
      signers: [{ name: 'A. Examiner', trusted: true }],
    });
  });

  test('one signer whose signature was doubled is still one', async () => {
    const doubled = good.copy().edit(`${SIG}.dsse.json`, (text) => {
      const envelope = JSON.parse(text) as { signatures: unknown[] };
      return JSON.stringify({ ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] });
    });
    const result = await doubled.verify(await trustFile({}, 2));
    expect(idsOf(result)).toEqual(['signature/untrusted-key']);
    expect(result.verdict).toBe('not-trusted');
  });

  test('who names one signer accepts no other that the trust file knows', async () => {
    const trust = await trustFile({});
    expect((await good.verify({ ...trust, fingerprint: stranger.fingerprint })).verdict).toBe('not-trusted');
    expect((await good.verify({ ...trust, fingerprint: examiner.fingerprint })).verdict).toBe('verified');
  });

  test('an exhibit that the seal covers cannot be left out by signing again', async () => {
    const mutant = good.copy();
    mutant.remove(...[...mutant.files.keys()].filter((path) => /E002[./-]/.test(path)));
    mutant.manifests().sign(({ subject, predicate }) => ({
      subject,
      predicate: { ...predicate, evidence: predicate.evidence.filter(({ exhibit }) => exhibit !== 'E002') },
    }));
    expect(idsOf(await mutant.verify())).toEqual(['signature/subject']);
  });

  test('with a trust file a swapped key file stops nothing else from being checked', async () => {
    const mutant = good.copy().put(KEY, publicKeyPem(stranger.signer.publicKey)).tags().sign();
    expect(idsOf(await mutant.verify(await trustFile({})))).toEqual(['signature/fingerprint']);
  });

  test.each([
    ['expired', { validTo: '2026-04-01T00:00:00Z' }, 'signature/key-validity'],
    ['not yet valid', { validFrom: '2026-06-01T00:00:00Z' }, 'signature/key-validity'],
    ['revoked before the seal', { revokedAt: '2026-04-01T00:00:00Z' }, 'signature/key-revoked'],
    [
      'revoked after the seal, with no token to prove the time',
      { revokedAt: '2026-06-01T00:00:00Z' },
      'signature/key-revoked',
    ],
  ])('a key that is %s', async (_, key, id) => {
    expect(idsOf(await good.verify(await trustFile(key)))).toEqual([id]);
  });

  test('a change of keys that the new key did not sign seals no package', async () => {
    const other = await tempFolder();
    try {
      const ledger = await LedgerFile.open(join(other.path, 'custody'), sampleParts(sampleIdentity));
      const newSig = Buffer.alloc(64, 1).toString('base64');
      await ledger.append('key.rotate', { old: examiner.fingerprint, new: stranger.fingerprint, newSig }, []);
      const keys = [examiner.signer.publicKey, stranger.signer.publicKey];
      await expect(sealSample(other.path, { ledger, keys })).rejects.toThrow(
        'ledger/signature custody/ledger.jsonl#0 entry 0 is not signed by the new key',
      );
    } finally {
      await other.remove();
    }
  });

  test('a ledger of more lines than any case has acts is refused and not read', async () => {
    const result = await good.copy().put(LEDGER, '\n'.repeat(300_001)).tags().sign().verify();
    expect(idsOf(result)).toEqual(['ledger/sequence']);
    expect(result.checks.find(({ id }) => id === 'ledger/signature')).toMatchObject({
      status: 'not-checked',
      detail: 'the ledger has more than 300000 lines: it was not read',
    });
  });

  test('an unknown key that signed acts in the ledger is named', async () => {
    const both = await tempFolder();
    try {
      const sealed = await Mutant.load((await sealSample(both.path)).path);
      const text = sealed.text(LEDGER);
      const parsed = text
        .trimEnd()
        .split('\n')
        .map((l) => readEntry(l) as LedgerEntry);
      let prev = genesis(nodePrimitives, CASE_ID);
      const lines = parsed.map((entry, i) => {
        const signer = entry.sig === null ? undefined : i === 5 ? stranger : examiner;
        const { sig: _, ...unsigned } = {
          ...entry,
          prev,
          actor: { ...entry.actor, key: signer?.fingerprint ?? null },
        };
        const line = entryLine(nodePrimitives, unsigned as unknown as UnsignedEntry, signer?.signer);
        prev = toHex(entryHash(nodePrimitives, line));
        return line;
      });
      const head = ledgerHead(
        nodePrimitives.sha256,
        packHashes(lines.map((l) => entryHash(nodePrimitives, l))),
      );
      sealed.put(LEDGER, lines.map((l) => `${l}\n`).join(''));
      sealed.put(`custody/keys/${fp16(stranger.fingerprint)}.pem`, stranger.publicKeyPem);
      sealed.checkpoint(
        'custody/ledger.checkpoint',
        ledgerOrigin(CASE_ID),
        head.size,
        Buffer.from(head.root, 'hex'),
      );
      sealed.tags().sign((s) => ({ ...s, predicate: { ...s.predicate, ledger: head } }));
      const result = await sealed.verify();
      expect(idsOf(result)).toEqual(['signature/untrusted-key']);
      expect(result.exit).toBe(3);
    } finally {
      await both.remove();
    }
  });

  function corrupt(m: Mutant): Mutant {
    const envelope = JSON.parse(m.text(`${SIG}.dsse.json`)) as { signatures: { sig: string }[] };
    const first = envelope.signatures[0];
    if (first === undefined) throw new Error('no signature');
    const sig = Buffer.from(first.sig, 'base64');
    sig[5] = (sig[5] ?? 0) ^ 1;
    first.sig = sig.toString('base64');
    return m.put(`${SIG}.dsse.json`, JSON.stringify(envelope)).put(`${SIG}.sig`, sig);
  }
});

describe('what the ledger recorded at intake, re-manifested and signed again', () => {
  const item = (exhibit: string, change: (item: ItemFile) => ItemFile) => (m: Mutant) => {
    const path = `data/index/${exhibit}.item.json`;
    const read = readItem(m.text(path));
    if (read === undefined) throw new Error('no item');
    return m.put(path, itemJson(change(read)));
  };
  test.each([
    [
      'the time of acquisition',
      item('E001', (i) => ({ ...i, acquiredAt: '2026-04-01T11:00:00.000Z' })),
      ['payload/digest'],
    ],
    [
      'name and time of last change',
      item('E001', (i) => ({ ...i, name: { text: 'other.log' }, modified: '2026-04-01T11:00:00.000Z' })),
      ['payload/digest'],
    ],
    [
      'the digest that the provider gave',
      item('E002', (i) => ({ ...i, providerDigest: { result: 'matches', given: i.sha256 } })),
      ['payload/digest'],
    ],
    [
      'a derivation that nobody knows, which leaves bytes and proofs unchecked',
      item('E003.1', (i) => ({ ...i, derived: { parent: 'E003', derivation: 'unbrotli' } })),
      ['payload/digest'],
    ],
    [
      'a path at which there is no file',
      item('E002', (i) => ({ ...i, path: 'data/original/E002/other.log' })),
      ['payload/digest', 'profile/missing-element'],
    ],
    [
      'the format as which it was read',
      item('E001', (i) => ({ ...i, reading: { ...i.reading, format: 'other' } })),
      ['payload/digest'],
    ],
    [
      'a range table without the records that were read',
      (m: Mutant) =>
        m.edit(
          'data/index/E002.ranges.jsonl',
          () =>
            `{"code":"blank-line","from":0,"k":"ignored","to":${m.bytes('data/original/E002/small.log').length}}\n`,
        ),
      ['ranges/tiling'],
    ],
  ])('%s', async (_, change, ids) => {
    const result = await change(good.copy()).manifests().sign().verify();
    expect(idsOf(result)).toEqual(ids);
    expect(result).toMatchObject({ verdict: 'failed', exit: 1 });
  });

  test('what comes out of a file that breaks off is verified as that, and as nothing else', async () => {
    const other = await tempFolder();
    try {
      const ledger = await LedgerFile.open(join(other.path, 'custody'), sampleParts(sampleIdentity));
      const sealed = await sealSample(other.path, { ledger, exhibits: cutExhibits() });
      const cut = await Mutant.load(sealed.path);
      expect(idsOf(await cut.verify())).toEqual([]);
      const [, used = '', given = ''] =
        /gunzip-prefix:(\d+):(\d+)/.exec(cut.text('data/index/E003.1.item.json')) ?? [];
      expect(Number(given)).toBeGreaterThan(60_000);
      for (const derivation of [
        'gunzip',
        `gunzip-prefix:${Number(used) - 1}:${given}`,
        `gunzip-prefix:${used}:60000`,
        `unzstd-prefix:${used}:${given}`,
      ]) {
        const said = item('E003.1', (i) => ({ ...i, derived: { parent: 'E003', derivation } }));
        const result = await said(cut.copy()).manifests().sign().verify();
        expect([derivation, idsOf(result)]).toEqual([derivation, ['payload/digest']]);
      }
    } finally {
      await other.remove();
    }
  });

  test('an exhibit whose bytes cannot be had is never verified, whatever the ledger holds of it', async () => {
    const later = sampleExhibits().map((exhibit) =>
      exhibit.item.derived === undefined
        ? exhibit
        : { ...exhibit, item: { ...exhibit.item, derived: { parent: 'E003', derivation: 'unbrotli' } } },
    );
    const other = await tempFolder();
    try {
      const ledger = await LedgerFile.open(join(other.path, 'custody'), sampleParts(sampleIdentity));
      await expect(sealSample(other.path, { ledger, exhibits: later })).rejects.toThrow(
        'payload/digest data/index/E003.1.item.json E003.1 was not compared',
      );
    } finally {
      await other.remove();
    }
  });
});

describe('proofs, ranges and views, re-manifested and signed again', () => {
  const PROOF = 'data/proofs/E001-4.json';
  const TLOG = 'data/proofs/E001-4.0.tlog-proof';
  test.each([
    [
      'a proof hash altered',
      (m: Mutant) => m.edit(TLOG, (t) => t.replace(/\n[A-Za-z0-9+/]/, (c) => (c === '\nA' ? '\nB' : '\nA'))),
    ],
    [
      'a proof for another block',
      (m: Mutant) => m.put(TLOG, m.text('data/proofs/E001-4.0.tlog-proof').replace('index 0', 'index 1')),
    ],
    [
      'a proof under a tree of another size',
      (m: Mutant) => m.put(TLOG, m.text(TLOG).replace(/\n\n[\s\S]*/, `\n\n${resized(m)}`)),
    ],
    [
      'a record at another place',
      (m: Mutant) =>
        m.edit(PROOF, (t) => t.replace(/"from":(\d+)/, (_, n: string) => `"from":${Number(n) + 1}`)),
    ],
    [
      'a record proof under another name',
      (m: Mutant) => m.put('data/proofs/E001-5.json', m.text(PROOF)).remove(PROOF),
    ],
    ['a proof gone', (m: Mutant) => m.remove(TLOG)],
  ])('%s', async (_, mutate) => {
    expect(await failing((m) => mutate(m).manifests().sign())).toEqual(['proof/invalid']);
  });

  function resized(m: Mutant): string {
    const leaves = m.bytes('data/index/E001.leaves');
    const root = new MerkleTree(nodePrimitives.sha256, new Uint8Array(leaves.subarray(0, 2 * HASH_BYTES)))
      .root;
    const path = 'custody/checkpoints/E001.blocks';
    return m.copy().checkpoint(path, blocksOrigin(CASE_ID, 'E001'), 2, root).text(path);
  }

  test.each([
    ['a hole', (t: string) => t.replace('"from":0', '"from":1')],
    ['an overlap', (t: string) => t.replace('"to":10', '"to":11')],
    ['a short end', (t: string) => t.slice(0, t.trimEnd().lastIndexOf('\n') + 1)],
    ['records counted wrongly', (t: string) => t.replace('"first":0', '"first":1')],
    ['a line that is no range', (t: string) => `${t}{}\n`],
  ])('ranges with %s', async (_, change) => {
    expect(await failing((m) => m.edit('data/index/E002.ranges.jsonl', change).manifests().sign())).toEqual([
      'ranges/tiling',
    ]);
  });

  test.each(['data/report/report.html', 'data/report/report.pdf'])(
    '%s without the digest of the report',
    async (view) => {
      expect(
        await failing((m) =>
          m
            .edit(view, (t) => t.replace(/[0-9a-f]{64}/, '0'.repeat(64)))
            .manifests()
            .sign(),
        ),
      ).toEqual(['report/digest']);
    },
  );

  test('another report than the seal names', async () => {
    expect(
      await failing((m) => {
        const report = '{"another":"report"}';
        const digest = nodePrimitives.sha256(nodePrimitives.text.encode(report));
        const views = (t: string) => t.replace(/[0-9a-f]{64}/, toHex(digest));
        return m
          .put('data/report/report.json', report)
          .edit('data/report/report.html', views)
          .edit('data/report/report.pdf', views)
          .manifests()
          .sign();
      }),
    ).toEqual(['report/digest']);
  });

  test('a viewer of no known release is a warning', async () => {
    const options = { fingerprint: examiner.fingerprint, knownViewers: ['0'.repeat(64)] };
    const result = await good.verify(options);
    expect([idsOf(result), idsOf(result, 'warn')]).toEqual([[], ['viewer/unknown-build']]);
  });
});

describe('folder entries', () => {
  const inFolder = (change: (path: string) => Promise<unknown>) =>
    good.inFolder(async (path) => {
      await change(path);
      return idsOf(await verifyPackage(path, { fingerprint: examiner.fingerprint }));
    });

  test.each([
    ['signatures/0123456789abcdef.dsse.json', 'signature/invalid'],
    ['manifest-sha256.txt', 'manifest/syntax'],
  ])('%s blown up until nobody would read it', async (path, id) => {
    const result = await good.copy().inFolder(async (root) => {
      if (!good.files.has(path)) await writeFile(join(root, path), '');
      await truncate(join(root, path), 2 ** 27 + 1);
      return verifyPackage(root, { fingerprint: examiner.fingerprint });
    });
    expect(result.verdict).toBe('failed');
    expect(idsOf(result)).toContain(id);
  });

  test('a symbolic link', async () => {
    expect(await inFolder((path) => symlink('/etc/hostname', join(path, 'custody/link')))).toEqual([
      'path/symlink',
    ]);
  });

  test('a symbolic link to a folder is not followed', async () => {
    expect(await inFolder((path) => symlink('/etc', join(path, 'data/etc')))).toEqual(['path/symlink']);
  });

  test.skipIf(process.platform === 'win32')('a pipe', async () => {
    expect(await inFolder(async (path) => execFileSync('mkfifo', [join(path, 'custody/pipe')]))).toEqual([
      'path/device',
    ]);
  });

  test('a hard link out', async () => {
    expect(await inFolder((path) => link(join(path, 'viewer.html'), join(folder.path, 'outside')))).toEqual([
      'path/hard-link',
    ]);
  });

  test.skipIf(process.platform !== 'linux')('names that only some systems tell apart or allow', async () => {
    expect(await inFolder((path) => writeFile(join(path, 'Viewer.html'), ''))).toEqual([
      'path/twin',
      'tag/unlisted',
    ]);
    expect(await inFolder((path) => writeFile(join(path, 'data/aux.txt'), ''))).toEqual(['path/reserved']);
    expect(await inFolder((path) => writeFile(join(path, 'data/a\nb'), ''))).toEqual(['path/control']);
    expect(await inFolder((path) => writeFile(join(path, 'data/a\\b'), ''))).toEqual(['path/backslash']);
    expect(
      await inFolder((path) =>
        writeFile(Buffer.concat([Buffer.from(`${path}/data/`), Buffer.from([0xe9])]), ''),
      ),
    ).toEqual(['path/name']);
  });
});

describe('what is no package', () => {
  test('an empty folder, a plain bag and another profile end with 4 and name every check', async () => {
    const empty = await new Mutant(new Map()).verify();
    expect(empty).toMatchObject({ verdict: 'not-a-package', exit: 4 });
    const plain = good
      .copy()
      .edit('bag-info.txt', (t) => t.replace('DB-Witness-Profile: 1', 'DB-Witness-Profile: 2'));
    const other = await plain.verify();
    expect(other).toMatchObject({ verdict: 'not-a-package', exit: 4 });
    expect(new Set(other.checks.map(({ id }) => id))).toEqual(
      new Set((await good.verify()).checks.map(({ id }) => id)),
    );
  });
});
