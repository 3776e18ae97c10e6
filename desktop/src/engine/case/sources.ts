import { readFile } from 'node:fs/promises';
import { systemCode } from '../engine-error.ts';
import { writeDurably } from './durable-file.ts';

/** What the examiner says of the clock of one source. */
export interface SourceClock {
  /** Added to the times as logged, ms. */
  readonly offsetMs: number;
  readonly method: string;
  readonly note: string;
}

export type SourceClocks = Readonly<Record<string, SourceClock>>;

export async function readSources(path: string): Promise<SourceClocks> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as SourceClocks;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return {};
    throw error;
  }
}

export function writeSources(path: string, sources: SourceClocks): Promise<void> {
  return writeDurably(path, `${JSON.stringify(sources, undefined, 2)}\n`);
}
