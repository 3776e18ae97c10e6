import type { Cancellation, Primitives, VerifySignature } from '../primitives.ts';
import type { TreeHead } from '../statement.ts';
import type { Trust } from '../trust.ts';

/** What one pass over a file gives. A digest is absent where the host cannot make it (WebCrypto has no streaming digest). */
export interface FileHashes {
  readonly length: number;
  /** Hex. */
  readonly sha256?: string;
  readonly sha512?: string;
  /** Leaf hashes of its 64 KiB blocks, packed; only when asked for. */
  readonly leaves?: Uint8Array;
}

/** What the verifier needs from where it runs: Node or a browser. */
export interface VerifierHost extends Primitives {
  readonly verify: VerifySignature;
  /** `length` is what the container or item file states: a hint for how to go about it, and no promise. */
  hashFile(
    chunks: AsyncIterable<Uint8Array>,
    want: 'digests' | 'digests and leaves',
    length: number,
  ): Promise<FileHashes>;
  /** Bytes of a derived exhibit made from its parent's, or undefined when this host cannot make them. */
  derive?(derivation: string, parent: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> | undefined;
}

/** What the reader brings along: nothing here is taken from the package. */
export interface Expectations {
  readonly trust?: Trust;
  /** Fingerprint of the one accepted signer, got by another way. */
  readonly fingerprint?: string;
  /** Ledger heads seen earlier: of an older package, or written down. `from` says which. */
  readonly earlierHeads?: readonly (TreeHead & { readonly from: string })[];
  /** SHA-256 of the viewers of known releases. */
  readonly knownViewers?: readonly string[];
}

export interface VerifyOptions extends Expectations {
  readonly signal?: Cancellation;
  /** Called with bytes hashed so far and bytes in all. */
  onProgress?(done: number, total: number): void;
}
