import type { ItemFile } from '@dbwitness/shared/evidence/item.ts';
import { BLOCK_BYTES } from '@dbwitness/shared/evidence/merkle.ts';
import { el, fill } from '../dom.ts';
import type { PackageFiles } from '../package-files.ts';

const PAGE_BYTES = 1024;
const ROW_BYTES = 16;

/** A window on the bytes of an exhibit: hexadecimal and text, with the block that covers them. */
export function bytesView(files: PackageFiles, item: ItemFile): HTMLElement {
  let at = 0;
  const out = el('div', { class: 'bytes', 'aria-live': 'polite' });
  const place = el('input', {
    type: 'number',
    min: 0,
    max: Math.max(0, item.length - 1),
    value: 0,
    'aria-label': `Byte of ${item.exhibit}`,
  }) as HTMLInputElement;
  const show = async (from: number): Promise<void> => {
    at = Math.max(0, Math.min(from, Math.max(0, item.length - 1)));
    at -= at % ROW_BYTES;
    place.value = String(at);
    const to = Math.min(item.length, at + PAGE_BYTES);
    const bytes = await files.bytes(item.exhibit, at, to);
    if (bytes === undefined) return fill(out, el('p', {}, 'The bytes of this exhibit cannot be had here.'));
    const [first, last] = [at, Math.max(at, to - 1)].map((byte) => Math.floor(byte / BLOCK_BYTES));
    fill(
      out,
      el(
        'p',
        {},
        el(
          'small',
          {},
          `bytes ${at} to ${to - 1}, ${first === last ? `block ${first}` : `blocks ${first} and ${last}`}`,
        ),
      ),
      hexDump(bytes, at),
    );
  };
  const details = el(
    'details',
    {},
    el('summary', {}, 'Bytes'),
    el(
      'p',
      { class: 'controls' },
      el('button', { type: 'button', onclick: () => void show(at - PAGE_BYTES) }, 'Back'),
      el('button', { type: 'button', onclick: () => void show(at + PAGE_BYTES) }, 'Forward'),
      el('label', {}, 'Byte ', place),
      el('button', { type: 'button', onclick: () => void show(Number(place.value) || 0) }, 'Go'),
    ),
    out,
  );
  details.addEventListener('toggle', () => {
    if ((details as HTMLDetailsElement).open && out.childElementCount === 0) void show(0);
  });
  return details;
}

/** Offset, bytes and their ASCII, sixteen a line. */
export function hexDump(bytes: Uint8Array, from: number): HTMLElement {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += ROW_BYTES) {
    const part = Array.from(bytes.subarray(at, at + ROW_BYTES));
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = part
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'))
      .join('');
    lines.push(`${String(from + at).padStart(10)}  ${hex.padEnd(ROW_BYTES * 3 - 1)}  ${ascii}`);
  }
  const pre = el('pre', { class: 'hex', tabindex: 0, 'aria-label': 'Bytes in hexadecimal' });
  for (const line of lines) pre.append(`${line}\n`);
  return pre;
}
