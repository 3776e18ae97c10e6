/** An address range. `hex` bounds are 32 digits: IPv4 stands as its mapped IPv6 address, so one comparison serves both. */
export interface Network {
  readonly version: 4 | 6;
  readonly first: string;
  readonly last: string;
  /** The text as written. */
  readonly text: string;
  /** Bits after the prefix are set, which the author hardly meant. */
  readonly hostBits: boolean;
}

/** Start of every IPv4 address in the 32-digit form (RFC 4291 §2.5.5.2). */
export const MAPPED = '00000000000000000000ffff';

/** Reads `address` or `address/bits` (SIGMA R13), or undefined. A bare address is its own network. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', bits, more] = text.split('/');
  if (more !== undefined || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined;
  const value = parseAddress(address);
  if (value === undefined) return undefined;
  const width = value.version === 4 ? 32 : 128;
  const prefix = bits === undefined ? width : Number(bits);
  if (prefix > width) return undefined;
  const size = 1n << BigInt(width - prefix);
  const first = (value.number / size) * size;
  const mapped = value.version === 4 ? 0xffff00000000n : 0n;
  const hex = (n: bigint) => (n + mapped).toString(16).padStart(32, '0');
  return {
    version: value.version,
    first: hex(first),
    last: hex(first + size - 1n),
    text,
    hostBits: first !== value.number,
  };
}

/** Whether `address` lies in `network`. An IPv6 range holds no IPv4 address, unless it is one of mapped addresses. */
export function inNetwork(address: string, network: Network): boolean {
  const hex = addressDigits(address);
  if (hex === undefined) return false;
  if (hex < network.first || hex > network.last) return false;
  return network.version === 4 || network.first.startsWith(MAPPED) || !hex.startsWith(MAPPED);
}

/** An address, in brackets or with a zone too, as the 32 digits of `Network`; undefined where it is none (SIGMA R13). */
export function addressDigits(text: string): string | undefined {
  const value = parseAddress(text.replace(/^\[(.*)\]$/, '$1').replace(/%.*/, ''));
  if (value === undefined) return undefined;
  const mapped = value.version === 4 ? 0xffff00000000n : 0n;
  return (value.number + mapped).toString(16).padStart(32, '0');
}

interface Address {
  readonly version: 4 | 6;
  readonly number: bigint;
}

function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) return parseV4(text);
  let rest = text;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail !== null) {
    const four = parseV4(tail[2] ?? '');
    if (four === undefined) return undefined;
    rest = `${tail[1]}${(four.number >> 16n).toString(16)}:${(four.number & 0xffffn).toString(16)}`;
  }
  const halves = rest.split('::');
  if (halves.length > 2) return undefined;
  const [left = [], right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...left, ...(right ?? [])];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  if (right === undefined ? groups.length !== 8 : groups.length > 7) return undefined;
  const all = [...left, ...Array<string>(8 - groups.length).fill('0'), ...(right ?? [])];
  const number = all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
  return { version: 6, number };
}

function parseV4(text: string): Address | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || octets.some((octet) => !/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255))
    return undefined;
  return { version: 4, number: octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n) };
}
