import type { ContainerProblem } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { type CentralDirectory, type CentralEntry, holdsSecondName, view } from './zip-central.ts';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const HAS_DESCRIPTOR = 0x8;
const DESCRIPTOR = 0x08074b50;

/**
 * Compares local headers with the central directory and looks for bytes that belong to no entry, as the verifier on the
 * command line does. Gives where the bytes of each entry start.
 */
export async function crossCheck(
  file: Blob,
  directory: CentralDirectory,
  problems: ContainerProblem[],
): Promise<ReadonlyMap<CentralEntry, number>> {
  const starts = new Map<CentralEntry, number>();
  const sorted = [...directory.entries].sort((a, b) => a.start - b.start);
  let at = 0;
  for (const [place, entry] of sorted.entries()) {
    const next = sorted[place + 1]?.start ?? directory.start;
    if (entry.start !== at) problems.push(gap(entry.name, at, entry.start));
    const header = await view(file, entry.start, entry.start + LOCAL_BYTES + entry.nameBytes.length);
    const difference = headerDifference(entry, header);
    if (difference !== undefined)
      problems.push({ id: 'zip/local-header', target: entry.name, detail: difference });
    if (header.byteLength < LOCAL_BYTES) {
      at = next;
      continue;
    }
    const [nameLength, extraLength] = [header.getUint16(26, true), header.getUint16(28, true)];
    const extraStart = entry.start + LOCAL_BYTES + nameLength;
    const data = extraStart + extraLength;
    const extra = extraLength === 0 ? undefined : await view(file, extraStart, data);
    if (entry.renamed || (extra !== undefined && holdsSecondName(extra, 0, extra.byteLength)))
      problems.push({
        id: 'zip/local-header',
        target: entry.name,
        detail: 'an extra field gives another name',
      });
    starts.set(entry, data);
    const end = data + entry.packedSize;
    at = end + (await descriptorLength(file, entry, end, next));
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
  return {
    id: 'zip/gap',
    target,
    detail: to > from ? `bytes ${from} to ${to - 1} belong to no entry` : `entries overlap at byte ${to}`,
  };
}

function headerDifference(entry: CentralEntry, header: DataView): string | undefined {
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL)
    return 'there is no local header where the directory says';
  const name = new Uint8Array(header.buffer, LOCAL_BYTES);
  const sameName =
    header.getUint16(26, true) === entry.nameBytes.length &&
    name.every((byte, at) => byte === entry.nameBytes[at]);
  if (!sameName) return 'the local header gives another name';
  if (header.getUint16(8, true) !== entry.method) return 'the local header gives another method';
  if (header.getUint16(6, true) !== entry.flags) return 'the local header gives other flags';
  if ((entry.flags & HAS_DESCRIPTOR) !== 0) return undefined; // sizes stand in the descriptor instead
  if (header.getUint32(14, true) !== entry.crc) return 'the local header gives another checksum';
  const same = (field: number, size: number): boolean =>
    header.getUint32(field, true) === size || header.getUint32(field, true) === 0xffffffff;
  if (!same(18, entry.packedSize)) return 'the local header gives another packed size';
  return same(22, entry.size) ? undefined : 'the local header gives another size';
}

/** Length of the data descriptor at `end` if it is one that agrees with the entry; 0 otherwise, so that a gap shows. */
async function descriptorLength(file: Blob, entry: CentralEntry, end: number, next: number): Promise<number> {
  const length = next - end;
  if ((entry.flags & HAS_DESCRIPTOR) === 0 || ![12, 16, 20, 24].includes(length)) return 0;
  const found = await view(file, end, next);
  const signed = length % 8 === 0;
  if (signed && found.getUint32(0, true) !== DESCRIPTOR) return 0;
  const body = signed ? 4 : 0;
  const wide = length - body === 20;
  const size = (place: number): number =>
    wide
      ? Number(found.getBigUint64(body + 4 + 8 * place, true))
      : found.getUint32(body + 4 + 4 * place, true);
  return found.getUint32(body, true) === entry.crc && size(0) === entry.packedSize && size(1) === entry.size
    ? length
    : 0;
}
