import { evidenceJson, isJsonObject, type Json, readCanonicalJson } from './canonical-json.ts';
import { BLOCK_BYTES } from './merkle.ts';
import { isHex } from './statement.ts';

/** `data/proofs/E001-41.json`: one cited record, the bytes it is and the blocks that cover them (EVIDENCE §4). */
export interface RecordProof {
  readonly v: 1;
  readonly exhibit: string;
  readonly index: number;
  readonly from: number;
  readonly to: number;
  /** SHA-256 of the raw bytes. */
  readonly sha256: string;
  readonly blocks: readonly number[];
}

/** Blocks that cover bytes `[from, to)`. */
export function coveringBlocks(from: number, to: number): readonly number[] {
  const first = Math.floor(from / BLOCK_BYTES);
  const last = to > from ? Math.floor((to - 1) / BLOCK_BYTES) : first;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

export const recordProofPath = (exhibit: string, index: number): string =>
  `data/proofs/${exhibit}-${index}.json`;
export const blockProofPath = (exhibit: string, index: number, block: number): string =>
  `data/proofs/${exhibit}-${index}.${block}.tlog-proof`;

export function recordProofJson(proof: RecordProof): string {
  return evidenceJson(proof as unknown as Json);
}

/** Parses a record proof; undefined when it is none, or names other blocks than cover its range. */
export function readRecordProof(json: string): RecordProof | undefined {
  const value = readCanonicalJson(json);
  if (!isJsonObject(value) || value.v !== 1 || typeof value.exhibit !== 'string' || !isHex(value.sha256, 64))
    return undefined;
  if (![value.index, value.from, value.to].every((n) => Number.isSafeInteger(n) && Number(n) >= 0))
    return undefined;
  // The length is bounded before the blocks are listed: a hostile range must not make a list of 2^37 numbers.
  const length = Number(value.to) - Number(value.from);
  if (length < 0 || length > 2 ** 30 || !Array.isArray(value.blocks)) return undefined;
  const covering = coveringBlocks(Number(value.from), Number(value.to));
  return covering.join() === value.blocks.join() ? (value as unknown as RecordProof) : undefined;
}
