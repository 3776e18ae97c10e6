import { fromBase64, toBase64 } from './encoding.ts';
import { HASH_BYTES } from './merkle.ts';

/** A tree head that someone signs (C2SP tlog-checkpoint), without extension lines. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Origin, and signing name, of a case's ledger tree. */
export const ledgerOrigin = (caseId: string): string => `dbwitness/${caseId}/ledger`;
/** Origin, and signing name, of an exhibit's block tree. */
export const blocksOrigin = (caseId: string, exhibit: string): string =>
  `dbwitness/${caseId}/${exhibit}/blocks`;

/** The note text of a checkpoint: origin, size, base-64 root. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/** Parses a note text as a checkpoint; extension lines are refused, since nothing could audit them. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [, origin, size, root64] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)\n$/.exec(text) ?? [];
  const root = fromBase64(root64 ?? '-');
  if (origin === undefined || root?.length !== HASH_BYTES || !Number.isSafeInteger(Number(size)))
    return undefined;
  return { origin, size: Number(size), root };
}
