import type { ZipDirectory } from '@dbwitness/shared/evidence/zip/cross-check.ts';
import { entryName, holdsSecondName, type ZipEntry } from '@dbwitness/shared/evidence/zip/zip-entry.ts';
import { browserHost } from './browser-host.ts';

export interface CentralDirectory extends ZipDirectory<ZipEntry> {
  /** Bytes behind the archive. */
  readonly after: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const END_BYTES = 22;
const MAX_DIRECTORY_BYTES = 512 * 2 ** 20;

/** Reads the list of entries; a sentence where the file is no archive or its list cannot be read. */
export async function readCentralDirectory(file: Blob): Promise<CentralDirectory | string> {
  const tailStart = Math.max(0, file.size - END_BYTES - 0xffff - 76);
  const tail = await view(file, tailStart, file.size);
  const at = lastEnd(tail);
  if (at === undefined) return 'not a zip archive';
  const endAt = tailStart + at;
  const comment = tail.getUint16(at + 20, true);
  const after = file.size - (endAt + END_BYTES + comment);
  if (tail.getUint16(at + 4, true) !== 0) return 'a part of an archive of several parts';
  let [count, size, start, recordsAt] = [
    tail.getUint16(at + 10, true),
    tail.getUint32(at + 12, true),
    tail.getUint32(at + 16, true),
    endAt,
  ];
  const locator = at - 20;
  if (locator >= 0 && tail.getUint32(locator, true) === LOCATOR64) {
    recordsAt = Number(tail.getBigUint64(locator + 8, true));
    if (recordsAt + 56 > endAt) return 'the zip64 end record is not where the archive says';
    const record = await view(file, recordsAt, recordsAt + 56);
    if (record.getUint32(0, true) !== END64) return 'the zip64 end record is not where the archive says';
    [count, size, start] = [
      Number(record.getBigUint64(32, true)),
      Number(record.getBigUint64(40, true)),
      Number(record.getBigUint64(48, true)),
    ];
  }
  if (size > MAX_DIRECTORY_BYTES || start + size > recordsAt)
    return 'the list of entries is not where the archive says';
  const entries = readEntries(await view(file, start, start + size), count);
  return typeof entries === 'string'
    ? entries
    : { entries, start, between: recordsAt - start - size + comment, after: Math.max(0, after) };
}

async function view(file: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

function lastEnd(tail: DataView): number | undefined {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1)
    if (tail.getUint32(at, true) === END) return at;
  return undefined;
}

function readEntries(list: DataView, count: number): readonly ZipEntry[] | string {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + 46 > list.byteLength || list.getUint32(at, true) !== CENTRAL)
      return 'the list of entries is cut or damaged';
    const [name, extra, comment] = [28, 30, 32].map((field) => list.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const next = at + 46 + name + extra + comment;
    if (next > list.byteLength) return 'the list of entries is cut or damaged';
    const nameBytes = new Uint8Array(list.buffer, at + 46, name);
    const plain = {
      size: list.getUint32(at + 24, true),
      packedSize: list.getUint32(at + 20, true),
      start: list.getUint32(at + 42, true),
    };
    entries.push({
      name: entryName(nameBytes, browserHost.text),
      nameBytes,
      flags: list.getUint16(at + 8, true),
      method: list.getUint16(at + 10, true),
      crc: list.getUint32(at + 16, true),
      attributes: list.getUint32(at + 38, true),
      renamed: holdsSecondName(list, at + 46 + name, extra),
      ...wide(plain, list, at + 46 + name, extra),
    });
    at = next;
  }
  return at === list.byteLength ? entries : 'the list of entries holds more than it counts';
}

/** Sizes of zip64: those that are all ones in the header stand in the extra field 1, in this order. */
function wide(
  plain: { size: number; packedSize: number; start: number },
  list: DataView,
  from: number,
  length: number,
): typeof plain {
  const found = { ...plain };
  for (let at = from; at + 4 <= from + length; ) {
    const [id, size] = [list.getUint16(at, true), list.getUint16(at + 2, true)];
    let value = at + 4;
    for (const field of ['size', 'packedSize', 'start'] as const) {
      if (id !== 1 || plain[field] !== 0xffffffff || value + 8 > at + 4 + size) continue;
      found[field] = Number(list.getBigUint64(value, true));
      value += 8;
    }
    at += 4 + size;
  }
  return found;
}
