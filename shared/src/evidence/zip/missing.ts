import { UnreadableEntry } from '../verify/package-reader.ts';

/** The bytes of an entry that an archive does not have: told when they are read. */
// biome-ignore lint/correctness/useYield: it gives nothing but the reason, when it is read
export async function* missing(path: string): AsyncIterable<Uint8Array> {
  throw new UnreadableEntry({ id: 'zip/damaged', target: path, detail: 'there is no such entry' });
}
