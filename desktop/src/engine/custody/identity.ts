import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint, publicKeyPem, readPublicKeyPem } from '@dbwitness/shared/evidence/key.ts';
import type { Signer } from '@dbwitness/shared/evidence/primitives.ts';
import { nodePrimitives } from '../../verify/node-host.ts';
import { privateFolder, writeDurably } from '../case/durable-file.ts';
import { EngineError, systemCode } from '../engine-error.ts';
import { openPrivateKey, sealPrivateKey } from './key-envelope.ts';

/** Shortest passphrase, in characters after normalisation; and longest, in UTF-8 bytes: OpenSSL reads no more. */
export const MIN_PASSPHRASE = 12;
const MAX_PASSPHRASE_BYTES = 1024;

/** Who an examiner is, as the key file's companion says. */
export interface Person {
  readonly name: string;
  readonly organisation: string;
  readonly role: string;
}

/** An examiner's identity without its secret. */
export interface Identity extends Person {
  /** 64 hex digits (EVIDENCE §7). */
  readonly fingerprint: string;
  readonly publicKeyPem: string;
}

/** An identity that can sign. Lives in the engine process only; forget it to lock it. */
export interface UnlockedIdentity extends Identity {
  readonly signer: Signer;
}

/** What key generation draws on; tests hand in a key and bytes of their own. */
export interface KeySource {
  privateKey(): KeyObject;
  bytes(count: number): Uint8Array;
}
const RANDOM_KEYS: KeySource = {
  privateKey: () => generateKeyPairSync('ed25519').privateKey,
  bytes: (count) => randomBytes(count),
};

/**
 * Makes a key in `folder` (the profile, never a case): `identity.pem`, mode 0600, and `identity.json` beside it.
 * Fails with `identity/exists` and `identity/passphrase`.
 */
export async function createIdentity(
  folder: string,
  person: Person,
  passphrase: string,
  source: KeySource = RANDOM_KEYS,
): Promise<UnlockedIdentity> {
  if ((await readIdentity(folder)) !== undefined) {
    throw new EngineError('identity/exists', 'There is an identity already: its key would be lost.');
  }
  const secret = checkedPassphrase(passphrase);
  const key = source.privateKey();
  const identity = unlocked(person, key);
  await privateFolder(folder);
  // The key first: a crash in between leaves a key without a name, which the next attempt replaces, and never a name without a key.
  await writeDurably(keyFile(folder), sealPrivateKey(key, secret, source.bytes(16), source.bytes(16)));
  await chmod(keyFile(folder), 0o600);
  const { signer: _, ...open } = identity;
  await writeDurably(personFile(folder), `${JSON.stringify(open, undefined, 2)}\n`);
  return identity;
}

/** The identity in `folder`, or undefined when there is none. */
export async function readIdentity(folder: string): Promise<Identity | undefined> {
  let text: string;
  try {
    text = await readFile(personFile(folder), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const said = parsed(text);
  const key = readPublicKeyPem(said.publicKeyPem ?? '');
  if (key === undefined || said.fingerprint !== fingerprint(nodePrimitives.sha256, key)) {
    throw new EngineError('identity/damaged', 'identity.json does not describe a key.', {
      next: 'Bring it back from a copy, or make a new identity in another profile.',
    });
  }
  return {
    name: said.name ?? '',
    organisation: said.organisation ?? '',
    role: said.role ?? '',
    fingerprint: said.fingerprint,
    publicKeyPem: said.publicKeyPem ?? '',
  };
}

/** Unlocks the identity in `folder`; undefined when the passphrase is not its own. Fails with `identity/missing`. */
export async function unlockIdentity(
  folder: string,
  passphrase: string,
): Promise<UnlockedIdentity | undefined> {
  const identity = await readIdentity(folder);
  if (identity === undefined) throw new EngineError('identity/missing', 'There is no identity yet.');
  const key = openPrivateKey(await readFile(keyFile(folder), 'utf8'), passphrase.normalize('NFKC'));
  if (key === undefined) return undefined;
  const opened = unlocked(identity, key);
  if (opened.fingerprint !== identity.fingerprint) {
    throw new EngineError('identity/damaged', 'The key is not the one that identity.json names.');
  }
  return opened;
}

function unlocked({ name, organisation, role }: Person, key: KeyObject): UnlockedIdentity {
  const jwk = key.export({ format: 'jwk' });
  const publicKey = new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url'));
  return {
    name,
    organisation,
    role,
    fingerprint: fingerprint(nodePrimitives.sha256, publicKey),
    publicKeyPem: publicKeyPem(publicKey),
    signer: { publicKey, sign: (message) => new Uint8Array(sign(null, message, key)) },
  };
}

/** NFKC, so that one passphrase typed on two keyboards is one. */
function checkedPassphrase(passphrase: string): string {
  const normal = passphrase.normalize('NFKC');
  if (Array.from(normal).length < MIN_PASSPHRASE) {
    throw new EngineError('identity/passphrase', `A passphrase has at least ${MIN_PASSPHRASE} characters.`);
  }
  if (Buffer.byteLength(normal) > MAX_PASSPHRASE_BYTES) {
    throw new EngineError('identity/passphrase', `A passphrase has at most ${MAX_PASSPHRASE_BYTES} bytes.`);
  }
  return normal;
}

function parsed(text: string): Partial<Record<keyof Identity, string>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, said]) => typeof said === 'string'));
  } catch {
    return {}; // a damaged file describes no key, which the caller reports
  }
}

const keyFile = (folder: string) => join(folder, 'identity.pem');
const personFile = (folder: string) => join(folder, 'identity.json');
