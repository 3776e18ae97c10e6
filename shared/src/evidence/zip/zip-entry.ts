import type { ByteText } from '../../text/bytes.ts';

/** One entry as the central directory of an archive lists it (APPNOTE 6.3.10, section 4.3.12). */
export interface ZipEntry {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly attributes: number;
  /** Where its local header starts. */
  readonly start: number;
  /** Whether an extra field gives another name. */
  readonly renamed: boolean;
}

/** Name of an entry as text; what is not UTF-8 reads as ISO-8859-1, which the path rules refuse. */
export function entryName(bytes: Uint8Array, text: ByteText): string {
  return text.utf8(bytes, 0, bytes.length) ?? text.latin1(bytes, 0, bytes.length);
}

/** Extra field of Info-ZIP that gives an entry another name, which some readers show and others do not. */
export const SECOND_NAME = 0x7075;

/** Whether the extra fields in `[from, from + length)` hold a second name. */
export function holdsSecondName(fields: DataView, from: number, length: number): boolean {
  for (let at = from; at + 4 <= from + length; at += 4 + fields.getUint16(at + 2, true))
    if (fields.getUint16(at, true) === SECOND_NAME) return true;
  return false;
}
