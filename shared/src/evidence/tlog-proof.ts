import { fromBase64, toBase64 } from './encoding.ts';
import { HASH_BYTES } from './merkle.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** An offline-verifiable inclusion proof (C2SP tlog-proof). `checkpoint` is the signed note, verbatim. */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
}

/** Text of a `.tlog-proof` file. No `extra` line: nothing authenticates it. */
export function tlogProofText(proof: TlogProof): string {
  return [HEADER, `index ${proof.index}`, ...proof.hashes.map(toBase64), '', proof.checkpoint].join('\n');
}

/** Parses a `.tlog-proof` file; an `extra` line is skipped unread. Undefined when it is none. */
export function readTlogProof(text: string): TlogProof | undefined {
  const split = text.indexOf('\n\n');
  if (split < 0) return undefined;
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== HEADER) return undefined;
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, index] = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '') ?? [];
  const hashes = lines.map((line) => fromBase64(line));
  if (index === undefined || !hashes.every((h) => h?.length === HASH_BYTES)) return undefined;
  return { index: Number(index), hashes: hashes as Uint8Array[], checkpoint: text.slice(split + 2) };
}
