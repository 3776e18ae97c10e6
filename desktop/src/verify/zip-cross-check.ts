import type { FileHandle } from 'node:fs/promises';
import type { ContainerProblem } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { type Entry, type LocalFileHeader, parseExtraFields, type ZipFile } from 'yauzl';
import { nameText } from './zip-entry-name.ts';

const HAS_DESCRIPTOR = 0x8;
const DESCRIPTOR_SIGNATURE = 0x08074b50;
/** Extra field of Info-ZIP that gives an entry another name, which some readers show and others do not. */
const SECOND_NAME = 0x7075;
/** End records: plain, or with the zip64 record and its locator before. */
const END_SIZES = [22, 22 + 20 + 56];

/**
 * Compares the two accounts that an archive gives of itself. Readers differ in which they believe, so a package whose central
 * directory and local headers disagree, or that hides bytes between or after its entries, shows different things to different people.
 */
export async function crossCheck(
  file: FileHandle,
  zip: ZipFile,
  entries: readonly Entry[],
  centralStart: number,
): Promise<readonly ContainerProblem[]> {
  const problems: ContainerProblem[] = [];
  const sorted = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let at = 0;
  for (const [i, entry] of sorted.entries()) {
    const start = entry.relativeOffsetOfLocalHeader;
    const target = nameText(entry);
    const next = sorted[i + 1]?.relativeOffsetOfLocalHeader ?? centralStart;
    if (start !== at) problems.push(gap(target, at, start));
    try {
      const local = await zip.readLocalFileHeaderPromise(entry);
      const difference = headerDifference(entry, local);
      if (difference !== undefined) problems.push({ id: 'zip/local-header', target, detail: difference });
      const end = local.fileDataStart + entry.compressedSize;
      at = end + (await descriptorLength(file, entry, end, next));
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'the local header cannot be read';
      problems.push({ id: 'zip/local-header', target, detail });
      at = next;
    }
  }
  if (at !== centralStart) problems.push(gap('', at, centralStart));
  const listed = entries.length === zip.entryCount;
  const rest = zip.fileSize - Number(zip.readEntryCursor);
  if (listed && !END_SIZES.includes(rest)) {
    problems.push({ id: 'zip/gap', target: '', detail: `${rest} bytes follow the central directory` });
  }
  return problems;
}

function gap(target: string, from: number, to: number): ContainerProblem {
  const detail =
    to > from ? `bytes ${from} to ${to - 1} belong to no entry` : `entries overlap at byte ${to}`;
  return { id: 'zip/gap', target, detail };
}

function headerDifference(entry: Entry, local: LocalFileHeader): string | undefined {
  if (!local.fileName.equals(entry.fileNameRaw)) return 'the local header gives another name';
  if (local.compressionMethod !== entry.compressionMethod) return 'the local header gives another method';
  if (local.generalPurposeBitFlag !== entry.generalPurposeBitFlag)
    return 'the local header gives other flags';
  if ([...entry.extraFields, ...parseExtraFields(local.extraField)].some(({ id }) => id === SECOND_NAME))
    return 'an extra field gives another name';
  if ((entry.generalPurposeBitFlag & HAS_DESCRIPTOR) !== 0) return undefined; // sizes stand in the descriptor instead
  if (local.crc32 !== entry.crc32) return 'the local header gives another checksum';
  const same = (a: number, b: number) => a === b || a === 0xffffffff; // zip64: the size stands in an extra field
  if (!same(local.compressedSize, entry.compressedSize)) return 'the local header gives another packed size';
  return same(local.uncompressedSize, entry.uncompressedSize)
    ? undefined
    : 'the local header gives another size';
}

/** Length of the data descriptor at `end` if it is one that agrees with the entry; 0 otherwise, so that a gap shows. */
async function descriptorLength(file: FileHandle, entry: Entry, end: number, next: number): Promise<number> {
  if ((entry.generalPurposeBitFlag & HAS_DESCRIPTOR) === 0) return 0;
  const length = next - end;
  if (![12, 16, 20, 24].includes(length)) return 0;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, end);
  if (bytesRead !== length) return 0;
  const signed = length % 8 === 0;
  if (signed && buffer.readUInt32LE(0) !== DESCRIPTOR_SIGNATURE) return 0;
  const body = buffer.subarray(signed ? 4 : 0);
  const wide = body.length === 20;
  const size = (place: number) =>
    wide ? Number(body.readBigUInt64LE(4 + 8 * place)) : body.readUInt32LE(4 + 4 * place);
  const agrees =
    body.readUInt32LE(0) === entry.crc32 &&
    size(0) === entry.compressedSize &&
    size(1) === entry.uncompressedSize;
  return agrees ? length : 0;
}
