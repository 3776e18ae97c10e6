import { fromBase64, toBase64 } from './encoding.ts';
import { HASH_BYTES } from './merkle.ts';

/** Text of `custody/previous/<n>.consistency`: one base-64 hash a line (RFC 6962 section 2.1.2). */
export function consistencyText(proof: readonly Uint8Array[]): string {
  return proof.map((hash) => `${toBase64(hash)}\n`).join('');
}

/** The hashes of a consistency file, or undefined when it is none. */
export function readConsistency(text: string): readonly Uint8Array[] | undefined {
  if (text === '') return [];
  if (!text.endsWith('\n')) return undefined;
  const hashes = text.slice(0, -1).split('\n').map(fromBase64);
  return hashes.every((hash) => hash?.length === HASH_BYTES) ? (hashes as Uint8Array[]) : undefined;
}
