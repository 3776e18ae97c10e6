import type { RowBatch } from '../store/row-batch.ts';
import type { ReadAccount } from './exhibit-reader.ts';
import type { ReadingSpec } from './reading.ts';

/** What the engine tells a reading thread. */
export type ToWorker =
  | { readonly kind: 'start'; readonly spec: ReadingSpec }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' };

/** What a reading thread answers. `taken` follows every `bytes`. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'batch'; readonly batch: RowBatch }
  | { readonly kind: 'end'; readonly account: ReadAccount }
  | { readonly kind: 'failed'; readonly message: string; readonly code?: string };
