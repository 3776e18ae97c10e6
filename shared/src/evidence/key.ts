import { concat, fromBase64, fromHex, toBase64, toHex } from './encoding.ts';
import type { Sha256 } from './primitives.ts';

/** DER head of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 4); the 32 key bytes follow. */
const SPKI_HEAD = fromHex('302a300506032b6570032100') ?? new Uint8Array(0);

/** SubjectPublicKeyInfo DER of a raw Ed25519 public key. */
export function spki(publicKey: Uint8Array): Uint8Array {
  return concat(SPKI_HEAD, publicKey);
}

/** `PUBLIC KEY` PEM of a raw Ed25519 public key, as `openssl pkey -pubin` reads it. */
export function publicKeyPem(publicKey: Uint8Array): string {
  return `-----BEGIN PUBLIC KEY-----\n${toBase64(spki(publicKey))}\n-----END PUBLIC KEY-----\n`;
}

/** The raw key of a `PUBLIC KEY` PEM, or undefined when it is not one Ed25519 key. */
export function readPublicKeyPem(pem: string): Uint8Array | undefined {
  const body =
    /^-----BEGIN PUBLIC KEY-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END PUBLIC KEY-----\r?\n?$/.exec(pem);
  const der = fromBase64((body?.[1] ?? '-').replace(/[\r\n]/g, ''));
  if (der === undefined || der.length !== SPKI_HEAD.length + 32) return undefined;
  return toHex(der).startsWith(toHex(SPKI_HEAD)) ? der.slice(SPKI_HEAD.length) : undefined;
}

/** Fingerprint: SHA-256 of the SPKI DER in hex (= `openssl pkey -pubin -outform DER | sha256sum`). */
export function fingerprint(sha256: Sha256, publicKey: Uint8Array): string {
  return toHex(sha256(spki(publicKey)));
}

/** First 16 digits of a fingerprint: for file names only, never for a comparison. */
export function fp16(fingerprint: string): string {
  return fingerprint.slice(0, 16);
}

/** A fingerprint in groups of four, for people to compare. */
export function groupedFingerprint(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/g, '$1 ');
}
