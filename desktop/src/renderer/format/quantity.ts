const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with thin spaces between thousands: digits stay in columns, and no reader takes the mark for a decimal. */
export function formatCount(count: number): string {
  return NUMBER.format(count).replaceAll(',', '\u202f');
}

/** Bytes in binary units with one decimal: `3.1 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${formatCount(bytes)} B` : `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** A share from 0 to 1 in whole per cent, never rounded to 0 or 100 when it is neither. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %';
  if (share < 1 && share > 0.99) return '> 99 %';
  return `${Math.round(share * 100)} %`;
}

/** Groups of four hex digits, as people compare digests. */
export function formatDigest(digest: string): string {
  return digest.replace(/(.{4})(?=.)/g, '$1 ');
}
