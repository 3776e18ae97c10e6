import type { RowBatch } from '../store/row-batch.ts';
import type { ReadAccount } from './exhibit-reader.ts';

/** Which reader reads an exhibit, in terms that can cross to another thread. */
export interface ReadingSpec {
  readonly format: string;
  readonly zone?: string;
  readonly encoding?: 'latin1' | 'cp1252';
  readonly linePrefix?: string;
}

/** The reading of one exhibit's bytes, wherever it runs. */
export interface Reading {
  /** Hands over the next bytes, which the caller gives up; resolves when more may come. */
  push(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** All bytes were pushed: resolves when every batch was taken. */
  end(): Promise<ReadAccount>;
  /** Gives up; nothing is delivered after. */
  abort(): Promise<void>;
}

/** Takes the batches of a reading, one after the other. */
export type TakeBatch = (batch: RowBatch) => Promise<void>;

/** Starts readings. */
export interface Readers {
  /** Says that a reading will start soon: what it needs gets ready while its file is looked at. */
  prepare(): void;
  start(spec: ReadingSpec, take: TakeBatch): Promise<Reading>;
  close(): Promise<void>;
}
