/** SHA-1 of a short text: RFC 9562 names UUIDs with it; nothing here relies on it against an adversary. */
export type Sha1 = (bytes: Uint8Array) => Uint8Array;

/** UUID version 5 (RFC 9562 section 5.5) of `name`, whose UTF-8 bytes `encode` gives, in the namespace of another UUID. */
export function uuid5(
  namespace: string,
  name: string,
  tools: { readonly sha1: Sha1; readonly encode: (text: string) => Uint8Array },
): string {
  const space = (namespace.replaceAll('-', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const digest = tools.sha1(Uint8Array.from([...space, ...tools.encode(name)])).slice(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
