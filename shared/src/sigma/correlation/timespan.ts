/** Microseconds by unit (SIGMA K14). `w`, `M` and `y` are pySigma's; month and year are its mean lengths. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1e6,
  m: 60e6,
  h: 3600e6,
  d: 86_400e6,
  w: 604_800e6,
  M: 2_629_746e6,
  y: 31_556_952e6,
};

/** A timespan such as `5m` in microseconds, or undefined where it is none: zero, negative, with blanks, without unit. */
export function parseTimespan(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})([smhdwMy])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined || Number(count) === 0) return undefined;
  const micros = Number(count) * (UNITS[unit] ?? 0);
  return Number.isSafeInteger(micros) ? micros : undefined;
}

/** A unit that the specification does not have and that readers mistake: `5M` is five months. */
export function isUnusualUnit(text: string): boolean {
  return /[wMy]$/.test(text);
}
