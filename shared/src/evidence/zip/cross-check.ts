import type { ContainerProblem } from '../verify/package-reader.ts';
import { holdsSecondName, type ZipEntry } from './zip-entry.ts';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const HAS_DESCRIPTOR = 0x8;
const DESCRIPTOR = 0x08074b50;

/** Bytes `[from, to)` of an archive; fewer where it ends before. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array>;

/** The list of an archive and where it stands. */
export interface ZipDirectory<E extends ZipEntry> {
  readonly entries: readonly E[];
  readonly start: number;
  /** Bytes behind the directory that are no end record: none in an honest archive. */
  readonly between: number;
}

/**
 * Compares the two accounts that an archive gives of itself. Readers differ in which they believe, so a package whose central
 * directory and local headers disagree, or that hides bytes between or after its entries, shows different things to different people.
 * Gives where the bytes of each entry start; entries without local header are left out.
 */
export async function crossCheck<E extends ZipEntry>(
  read: ReadBytes,
  directory: ZipDirectory<E>,
  problems: ContainerProblem[],
): Promise<ReadonlyMap<E, number>> {
  const starts = new Map<E, number>();
  const sorted = [...directory.entries].sort((a, b) => a.start - b.start);
  const differs = (target: string, detail: string) =>
    problems.push({ id: 'zip/local-header', target, detail });
  let at = 0;
  for (const [place, entry] of sorted.entries()) {
    const next = sorted[place + 1]?.start ?? directory.start;
    if (entry.start !== at) problems.push(gap(entry.name, at, entry.start));
    const header = await localHeader(read, entry, directory.start);
    if (header === undefined) {
      differs(entry.name, 'there is no local header where the directory says');
      at = next;
      continue;
    }
    const extraStart = entry.start + LOCAL_BYTES + header.getUint16(26, true);
    const data = extraStart + header.getUint16(28, true);
    const difference =
      headerDifference(entry, header) ??
      (entry.renamed || (await renamed(read, extraStart, data))
        ? 'an extra field gives another name'
        : undefined);
    if (difference !== undefined) differs(entry.name, difference);
    starts.set(entry, data);
    const end = data + entry.packedSize;
    at = end + (await descriptorLength(read, entry, end, Math.min(next, directory.start)));
  }
  if (at !== directory.start) problems.push(gap('', at, directory.start));
  if (directory.between > 0)
    problems.push({
      id: 'zip/gap',
      target: '',
      detail: `${directory.between} bytes follow the central directory`,
    });
  return starts;
}

function gap(target: string, from: number, to: number): ContainerProblem {
  const detail =
    to > from ? `bytes ${from} to ${to - 1} belong to no entry` : `entries overlap at byte ${to}`;
  return { id: 'zip/gap', target, detail };
}

/** The local header with its name; undefined where none stands. Headers stand before the directory: `limit`. */
async function localHeader(read: ReadBytes, entry: ZipEntry, limit: number): Promise<DataView | undefined> {
  if (entry.start >= limit) return undefined;
  const header = view(await read(entry.start, entry.start + LOCAL_BYTES + entry.nameBytes.length));
  return header.byteLength >= LOCAL_BYTES && header.getUint32(0, true) === LOCAL ? header : undefined;
}

function headerDifference(entry: ZipEntry, header: DataView): string | undefined {
  const { nameBytes } = entry;
  const sameName =
    header.getUint16(26, true) === nameBytes.length &&
    header.byteLength === LOCAL_BYTES + nameBytes.length &&
    nameBytes.every((byte, at) => byte === header.getUint8(LOCAL_BYTES + at));
  if (!sameName) return 'the local header gives another name';
  if (header.getUint16(8, true) !== entry.method) return 'the local header gives another method';
  if (header.getUint16(6, true) !== entry.flags) return 'the local header gives other flags';
  if ((entry.flags & HAS_DESCRIPTOR) !== 0) return undefined; // sizes stand in the descriptor instead
  if (header.getUint32(14, true) !== entry.crc) return 'the local header gives another checksum';
  // All ones: zip64, the size stands in an extra field.
  const same = (field: number, size: number): boolean =>
    header.getUint32(field, true) === size || header.getUint32(field, true) === 0xffffffff;
  if (!same(18, entry.packedSize)) return 'the local header gives another packed size';
  return same(22, entry.size) ? undefined : 'the local header gives another size';
}

async function renamed(read: ReadBytes, from: number, to: number): Promise<boolean> {
  if (from === to) return false;
  const fields = view(await read(from, to));
  return holdsSecondName(fields, 0, fields.byteLength);
}

/** Length of the data descriptor at `end` if it is one that agrees with the entry; 0 otherwise, so that a gap shows. */
async function descriptorLength(
  read: ReadBytes,
  entry: ZipEntry,
  end: number,
  next: number,
): Promise<number> {
  const length = next - end;
  if ((entry.flags & HAS_DESCRIPTOR) === 0 || ![12, 16, 20, 24].includes(length)) return 0;
  const found = view(await read(end, next));
  if (found.byteLength !== length) return 0;
  const signed = length % 8 === 0;
  if (signed && found.getUint32(0, true) !== DESCRIPTOR) return 0;
  const body = signed ? 4 : 0;
  const wide = length - body === 20;
  const size = (place: number): number =>
    wide
      ? Number(found.getBigUint64(body + 4 + 8 * place, true))
      : found.getUint32(body + 4 + 4 * place, true);
  const agrees =
    found.getUint32(body, true) === entry.crc && size(0) === entry.packedSize && size(1) === entry.size;
  return agrees ? length : 0;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
