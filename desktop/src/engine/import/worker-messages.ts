import type { RowBatch } from '../store/row-batch.ts';
import type { ExhibitState } from './exhibit-reader.ts';
import type { ReadingSpec } from './reading.ts';
import type { SegmentEnd } from './segment-reader.ts';

/** What the engine tells a reading thread. All but `confirm` and `forget` wait while its segment must be confirmed first. */
export type ToWorker =
  /** An exhibit; `part` tells the threads apart that read it. */
  | { readonly kind: 'start'; readonly spec: ReadingSpec; readonly part: number }
  /** A segment behind the first, on what the segments before it have most likely told. */
  | { readonly kind: 'begin'; readonly offset: number; readonly presumed: ExhibitState }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The end of the segment; `last`: of the exhibit. */
  | { readonly kind: 'end'; readonly last: boolean }
  /** How the segment before has ended. */
  | { readonly kind: 'confirm'; readonly before: ExhibitState }
  /** The exhibit is done with. */
  | { readonly kind: 'forget' };

/** What a reading thread answers. `taken` follows every `bytes`, `end` every `end`. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'batch'; readonly batch: RowBatch }
  | SegmentAnswer
  | { readonly kind: 'failed'; readonly message: string; readonly code?: string };

export interface SegmentAnswer extends Omit<SegmentEnd, 'batches'> {
  readonly kind: 'end';
}
