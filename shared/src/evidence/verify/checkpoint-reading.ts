import type { TreeHead } from '../statement.ts';

/** A checkpoint as far as it can be believed: its head, and what is wrong with it. */
export interface CheckpointReading {
  readonly head?: TreeHead;
  readonly problem?: string;
  /** How the problem is reported: a bad signature fails, a missing key or a host without Ed25519 is no verdict. */
  readonly status: 'fail' | 'skip';
}
