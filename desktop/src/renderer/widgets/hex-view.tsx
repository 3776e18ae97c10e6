import { Fragment } from 'react';

/** Bytes of a base64 text. */
export function decodeBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

const ROW = 16;

/** Classic hex dump: offset in the exhibit, sixteen bytes, the printable ASCII beside. */
export function HexView({
  bytes,
  from,
  label,
}: {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly label: string;
}) {
  const rows = Array.from({ length: Math.ceil(bytes.length / ROW) }, (_, n) => n * ROW);
  return (
    <div className="hex" role="region" aria-label={label} tabIndex={0}>
      {rows.map((start) => {
        const row = bytes.subarray(start, start + ROW);
        return (
          <Fragment key={start}>
            <span className="offset">{(from + start).toString(16).padStart(8, '0')}</span>
            {`  ${hex(row)}  ${ascii(row)}\n`}
          </Fragment>
        );
      })}
    </div>
  );
}

function hex(row: Uint8Array): string {
  const digits = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
  return `${digits.slice(0, 8).join(' ').padEnd(23)}  ${digits.slice(8).join(' ').padEnd(23)}`;
}

function ascii(row: Uint8Array): string {
  return Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
}
