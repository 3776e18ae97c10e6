import type { ByteText } from '../text/bytes.ts';

/** SHA-256 (FIPS 180-4) of a small input: tree nodes, ledger lines, control files. Bulk hashing is the caller's (`FileHasher`). */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * Ed25519 (RFC 8032) over `message`: whether `signature` is good for the 32-byte `publicKey`.
 * `undefined` where the host has no Ed25519 (an old browser): never to be read as success.
 */
export type VerifySignature = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | undefined | Promise<boolean | undefined>;

/** An unlocked Ed25519 key. Only the engine process makes one. */
export interface Signer {
  /** Raw 32-byte public key. */
  readonly publicKey: Uint8Array;
  /** The 64-byte signature over `message`. */
  sign(message: Uint8Array): Uint8Array;
}

/** What evidence code needs from its host to make things. */
export interface Primitives {
  readonly text: ByteText;
  readonly sha256: Sha256;
}

/** The part of an AbortSignal that pure code needs. */
export interface Cancellation {
  throwIfAborted(): void;
}
