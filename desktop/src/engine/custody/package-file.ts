import { createHash } from 'node:crypto';

/** One file of a package to be: its bytes at hand, or to be read from the vault while it is written. */
export interface PackageFile {
  readonly path: string;
  readonly length: number;
  /** Hex. */
  readonly sha256: string;
  readonly sha512: string;
  bytes(): AsyncIterable<Uint8Array>;
}

/** A file of known content. */
export function packageFile(path: string, content: string | Uint8Array): PackageFile {
  const data = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    path,
    length: data.length,
    sha256: createHash('sha256').update(data).digest('hex'),
    sha512: createHash('sha512').update(data).digest('hex'),
    async *bytes() {
      yield data;
    },
  };
}
