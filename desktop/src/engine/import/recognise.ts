import type { FileHandle } from 'node:fs/promises';
import type { LogFormat, Recognition, Sample } from '@dbwitness/shared/logs/log-format.ts';
import type { ByteText } from '@dbwitness/shared/text/bytes.ts';
import { IMPORT_LIMITS } from './limits.ts';

/** A format's opinion of a file. */
export interface Candidate {
  readonly format: LogFormat;
  readonly recognition: Recognition;
}

/** What every format says of a sample, best first; those that say no are left out. */
export function candidates(
  formats: readonly LogFormat[],
  sample: Sample,
  text: ByteText,
): readonly Candidate[] {
  return formats
    .map((format) => ({ format, recognition: format.recognise(sample, text) }))
    .filter(({ recognition }) => recognition.confidence !== 'no')
    .sort((a, b) => b.recognition.score - a.recognition.score);
}

/** Head and middle of an open file. */
export async function sampleFile(handle: FileHandle, name: string, bytes: number): Promise<Sample> {
  const head = await readAt(handle, 0, Math.min(bytes, IMPORT_LIMITS.sampleBytes));
  if (bytes <= IMPORT_LIMITS.sampleBytes * 2) return { name, head };
  const middle = await readAt(handle, Math.floor(bytes / 2), IMPORT_LIMITS.sampleBytes);
  return { name, head, middle };
}

async function readAt(handle: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
