import { createHash, type Hash } from 'node:crypto';
import { BLOCK_BYTES, HASH_BYTES } from '@dbwitness/shared/evidence/merkle.ts';
import type { FileHashes } from '@dbwitness/shared/evidence/verify/verifier-host.ts';

const LEAF_PREFIX = Uint8Array.of(0);

/** SHA-256 and, when asked, the block leaves of a file. Bytes are never copied: a block's leaf is a running hash of its own. */
export class Sha256Hasher {
  private readonly sha256 = createHash('sha256');
  private readonly blocks: Buffer[] = [];
  private block: Hash | undefined;
  private inBlock = 0;
  private length = 0;
  private readonly want: 'digests' | 'digests and leaves';

  constructor(want: 'digests' | 'digests and leaves') {
    this.want = want;
  }

  /** Takes the next bytes; the caller may reuse them after the call. */
  update(chunk: Uint8Array): void {
    this.sha256.update(chunk);
    if (this.want === 'digests and leaves') this.addToBlocks(chunk);
    this.length += chunk.length;
  }

  /** What all bytes gave. The hasher is spent afterwards. */
  finish(): Required<Omit<FileHashes, 'sha512'>> {
    this.closeBlock();
    return {
      length: this.length,
      sha256: this.sha256.digest('hex'),
      leaves: new Uint8Array(Buffer.concat(this.blocks, this.blocks.length * HASH_BYTES)),
    };
  }

  private addToBlocks(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const end = Math.min(chunk.length, at + BLOCK_BYTES - this.inBlock);
      this.block ??= createHash('sha256').update(LEAF_PREFIX);
      this.block.update(chunk.subarray(at, end));
      this.inBlock += end - at;
      if (this.inBlock === BLOCK_BYTES) this.closeBlock();
      at = end;
    }
  }

  private closeBlock(): void {
    if (this.block !== undefined) this.blocks.push(this.block.digest());
    this.block = undefined;
    this.inBlock = 0;
  }
}

/** SHA-256, SHA-512 and, when asked, the block leaves of a file, fed chunk by chunk in one pass. */
export class FileHasher {
  private readonly rest: Sha256Hasher;
  private readonly sha512 = createHash('sha512');

  constructor(want: 'digests' | 'digests and leaves') {
    this.rest = new Sha256Hasher(want);
  }

  /** Takes the next bytes; the caller may reuse them after the call. */
  update(chunk: Uint8Array): void {
    this.rest.update(chunk);
    this.sha512.update(chunk);
  }

  /** What all bytes gave. The hasher is spent afterwards. */
  finish(): Required<FileHashes> {
    return { ...this.rest.finish(), sha512: this.sha512.digest('hex') };
  }
}
