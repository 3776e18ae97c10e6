import type { FileHandle } from 'node:fs/promises';
import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import type { LogFormat, Recognition, Sample } from '@dbwitness/shared/logs/log-format.ts';
import type { ByteText } from '@dbwitness/shared/text/bytes.ts';
import { nodeByteText } from '../node-byte-text.ts';
import { compressionOf } from './inflate.ts';
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

/** Head and middle of an open file; more of its head where those show no format. */
export async function sampleFile(handle: FileHandle, name: string, bytes: number): Promise<Sample> {
  const size = IMPORT_LIMITS.sampleBytes;
  const head = await readAt(handle, 0, Math.min(bytes, size));
  if (bytes <= size) return { name, head };
  const sample =
    bytes <= size * 2
      ? { name, head }
      : { name, head, middle: await readAt(handle, Math.floor(bytes / 2), size) };
  if (compressionOf(head) !== undefined || recognised(sample)) return sample;
  // The first record may be longer than the sample: a bulk statement often is.
  const more = { name, head: await readAt(handle, 0, Math.min(bytes, IMPORT_LIMITS.largeSampleBytes)) };
  return recognised(more) ? more : sample;
}

/** The sample of a stream whose first bytes are at hand. */
export function sampleStream(name: string, first: Uint8Array): Sample {
  const sample = { name, head: first.slice(0, IMPORT_LIMITS.sampleBytes) };
  if (first.length <= sample.head.length || recognised(sample)) return sample;
  return { name, head: first.slice() };
}

function recognised(sample: Sample): boolean {
  return candidates(LOG_FORMATS, sample, nodeByteText()).length > 0;
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
