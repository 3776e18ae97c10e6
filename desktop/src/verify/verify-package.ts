import { readFile, stat } from 'node:fs/promises';
import { readCheckpoint } from '@dbwitness/shared/evidence/checkpoint.ts';
import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import { readNote } from '@dbwitness/shared/evidence/note.ts';
import { isHex, type TreeHead } from '@dbwitness/shared/evidence/statement.ts';
import { readTrust, type Trust } from '@dbwitness/shared/evidence/trust.ts';
import type { PackageReader } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import {
  type VerificationResult,
  verifyPackageContents,
} from '@dbwitness/shared/evidence/verify/verify-package.ts';
import { openFolder } from './folder-reader.ts';
import { nodePrimitives, withNodeHost } from './node-host.ts';
import { openZip } from './zip-reader.ts';

/** A trust file larger than this is none. */
const MAX_TRUST_BYTES = 2 ** 24;

export interface VerifyPackageOptions {
  /** Path of the reader's trust file. */
  readonly trust?: string;
  /** Fingerprint of the one accepted signer, got by another way than the package. */
  readonly fingerprint?: string;
  /** Path of an older package of the same case: this one's ledger must continue it. */
  readonly against?: string;
  /** A ledger head that someone wrote down: `<size>:<root in hex>`. */
  readonly expectLedger?: string;
  /** SHA-256 of the viewers of known releases. */
  readonly knownViewers?: readonly string[];
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** What the caller got wrong: exit code 2, as is any I/O error. */
export class UsageError extends Error {}

/**
 * Verifies the package at `path`, a folder or a zip. No network, no writes, nothing extracted.
 * Throws `UsageError` and I/O errors; whatever is wrong with the package is in the result.
 */
export async function verifyPackage(
  path: string,
  options: VerifyPackageOptions = {},
): Promise<VerificationResult> {
  const { trust, fingerprint, against, expectLedger, knownViewers, signal, onProgress } = options;
  const earlierHeads = [
    ...(expectLedger === undefined ? [] : [{ ...notedHead(expectLedger), from: 'the noted head' }]),
    ...(against === undefined ? [] : [{ ...(await headOfPackage(against)), from: 'the older package' }]),
  ];
  const expectations = {
    ...(trust === undefined ? {} : { trust: await trustFile(trust) }),
    ...(fingerprint === undefined ? {} : { fingerprint: plainFingerprint(fingerprint) }),
    ...(knownViewers === undefined ? {} : { knownViewers }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
    earlierHeads,
  };
  return withNodeHost((host) =>
    withPackage(path, (reader) => verifyPackageContents(reader, host, expectations)),
  );
}

async function withPackage<T>(path: string, use: (reader: PackageReader) => Promise<T>): Promise<T> {
  const found = await stat(path);
  if (found.isDirectory()) return use(await openFolder(path));
  const zip = await openZip(path);
  try {
    return await use(zip);
  } finally {
    await zip.close();
  }
}

/** SHA-256 of the SPKI, with or without the groups people see it in. */
function plainFingerprint(text: string): string {
  const plain = text.replace(/[\s:]/g, '').toLowerCase();
  if (!isHex(plain, 64)) throw new UsageError('a fingerprint has 64 hexadecimal digits');
  return plain;
}

function notedHead(text: string): TreeHead {
  const [, size, root] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.toLowerCase()) ?? [];
  if (size === undefined || root === undefined)
    throw new UsageError('a ledger head is <size>:<64 hexadecimal digits>');
  return { size: Number(size), root };
}

async function trustFile(path: string): Promise<Trust> {
  if ((await stat(path)).size > MAX_TRUST_BYTES) throw new UsageError('the trust file is too large');
  const trust = readTrust(nodePrimitives.sha256, await readFile(path, 'utf8'));
  if (typeof trust === 'string') throw new UsageError(trust);
  return trust;
}

/** The ledger head of an older package. Its own signatures matter little here: the reader holds it and says it is older. */
async function headOfPackage(path: string): Promise<TreeHead> {
  return withPackage(path, async (reader) => {
    const parts: Uint8Array[] = [];
    for await (const chunk of reader.open('custody/ledger.checkpoint')) parts.push(chunk);
    const note = readNote(Buffer.concat(parts).toString('utf8'));
    const checkpoint = note && readCheckpoint(note.text);
    if (checkpoint === undefined) throw new UsageError('the older package has no readable ledger checkpoint');
    return { size: checkpoint.size, root: toHex(checkpoint.root) };
  });
}
