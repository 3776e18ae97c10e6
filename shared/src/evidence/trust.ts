import { isJsonObject, type JsonObject } from './canonical-json.ts';
import { fingerprint, readPublicKeyPem } from './key.ts';
import type { Sha256 } from './primitives.ts';

/** A key that the reader accepts, and how it was bound to a person (EVIDENCE §7). Dates are RFC 3339. */
export interface TrustedKey {
  readonly fingerprint: string;
  readonly publicKey: Uint8Array;
  readonly person: string;
  readonly role: string;
  readonly organisation: string;
  readonly boundBy: string;
  readonly boundOn: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly revokedAt?: string;
  readonly revokedWhy?: string;
}

/** The reader's own list of accepted keys. Never taken from a package. */
export interface Trust {
  readonly keys: readonly TrustedKey[];
  readonly minSigners: number;
  readonly requireTimestamp: boolean;
}

/** Parses a trust file: the trust, or a sentence saying what is wrong with it. */
export function readTrust(sha256: Sha256, json: string): Trust | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return 'the trust file is not JSON';
  }
  if (!isJsonObject(value) || value.version !== 1) return 'the trust file has no "version": 1';
  if (!Array.isArray(value.keys)) return 'the trust file has no list "keys"';
  const keys: TrustedKey[] = [];
  for (const [i, entry] of value.keys.entries()) {
    const key = readKey(sha256, entry);
    if (typeof key === 'string') return `key ${i + 1} of the trust file: ${key}`;
    keys.push(key);
  }
  const policy = isJsonObject(value.policy) ? value.policy : {};
  const minSigners = policy.minSigners ?? 1;
  if (!Number.isSafeInteger(minSigners) || Number(minSigners) < 1)
    return 'policy.minSigners of the trust file is not a positive number';
  return { keys, minSigners: Number(minSigners), requireTimestamp: policy.requireTimestamp === true };
}

function readKey(sha256: Sha256, value: unknown): TrustedKey | string {
  if (!isJsonObject(value)) return 'not an object';
  const publicKey = typeof value.publicKeyPem === 'string' ? readPublicKeyPem(value.publicKeyPem) : undefined;
  if (publicKey === undefined) return 'publicKeyPem is not an Ed25519 public key';
  if (value.fingerprint !== fingerprint(sha256, publicKey)) return 'fingerprint is not that of publicKeyPem';
  for (const name of DATES) {
    const date = value[name];
    if (date !== undefined && (typeof date !== 'string' || Number.isNaN(Date.parse(date))))
      return `${name} is not a date`;
  }
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : 'not stated');
  return {
    fingerprint: value.fingerprint,
    publicKey,
    person: text('person'),
    role: text('role'),
    organisation: text('organisation'),
    boundBy: text('boundBy'),
    boundOn: text('boundOn'),
    ...dates(value),
    ...(typeof value.revokedWhy === 'string' ? { revokedWhy: value.revokedWhy } : {}),
  };
}

const DATES = ['validFrom', 'validTo', 'revokedAt'] as const;

function dates(value: JsonObject): Partial<Record<(typeof DATES)[number], string>> {
  return Object.fromEntries(
    DATES.flatMap((name) => (typeof value[name] === 'string' ? [[name, value[name]]] : [])),
  );
}
