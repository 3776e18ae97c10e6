import { toHex } from './encoding.ts';

/** What names need from the host: SHA-1, with which RFC 9562 names UUIDs and nothing here relies on, and text as UTF-8. */
export interface UuidTools {
  readonly sha1: (bytes: Uint8Array) => Uint8Array;
  readonly encode: (text: string) => Uint8Array;
}

/** UUID version 5 (RFC 9562 section 5.5) of `name` in the namespace of another UUID: the same for the same, everywhere. */
export function uuid5(namespace: string, name: string, { sha1, encode }: UuidTools): string {
  const space = (namespace.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  if (space.length !== 16 || space.includes(Number.NaN)) throw new Error(`${namespace} is no UUID`);
  const digest = sha1(Uint8Array.from([...space, ...encode(name)])).slice(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = toHex(digest);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
