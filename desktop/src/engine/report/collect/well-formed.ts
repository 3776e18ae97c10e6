/** The same value with every half of a surrogate pair replaced by U+FFFD: I-JSON has no form for it (RFC 7493 section 2.1). */
export function wellFormed<T>(value: T): T {
  // With the flag `u` a pair is one character, so only halves are met.
  if (typeof value === 'string') return value.replace(/[\ud800-\udfff]/gu, '\ufffd') as T;
  if (Array.isArray(value)) return value.map((item: unknown) => wellFormed(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wellFormed(item)])) as T;
}
