/** JSON values. `null` stays because outside formats have it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Deeper than any document of ours; beyond it recursion could end the process. */
const MAX_DEPTH = 64;

/**
 * RFC 8785 text of a value. Throws `RangeError` on what I-JSON (RFC 7493) forbids: lone surrogates, NaN, infinities,
 * absent values, nesting beyond 64. Numbers follow ECMAScript, which is what RFC 8785 section 3.2.2.3 asks.
 */
export function canonicalJson(value: Json): string {
  return write(value, 0, false);
}

/**
 * RFC 8785 text within the limits of evidence documents (EVIDENCE §12): like `canonicalJson`, and every number is an
 * integer within ±(2^53−1), because a float or a 64-bit id may come back as another value from another reader.
 */
export function evidenceJson(value: Json): string {
  return write(value, 0, true);
}

/** The value of `text` if it is exactly the RFC 8785 text of it: catches duplicate keys, white space and odd spellings. */
export function readCanonicalJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    // Not JSON, or JSON that cannot be canonical: outside input, so an absent value and no error.
    return undefined;
  }
}

/** Whether `value` is a JSON object: the guard that readers of outside documents start with. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function write(value: Json, depth: number, integers: boolean): string {
  if (depth > MAX_DEPTH) throw new RangeError('JSON is nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return number(value, integers);
  if (Array.isArray(value)) return `[${value.map((v: Json) => write(v, depth + 1, integers)).join(',')}]`;
  if (!isJsonObject(value)) throw new RangeError(`a ${typeof value} has no JSON form`);
  // `sort` without a comparer orders by UTF-16 code units, as RFC 8785 section 3.2.3 asks; a locale would not.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${quote(key)}:${write(value[key] as Json, depth + 1, integers)}`);
  return `{${members.join(',')}}`;
}

function quote(text: string): string {
  const quoted = JSON.stringify(text);
  // A lone surrogate is written as an escape, which is longer: only texts with escapes need the slow look.
  if (quoted.length > text.length + 2 && /\p{Surrogate}/u.test(text))
    throw new RangeError('a lone surrogate has no JSON form');
  return quoted;
}

function number(value: number, integers: boolean): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} has no JSON form`);
  if (integers && !Number.isSafeInteger(value)) throw new RangeError(`${value} is not an exact integer`);
  return JSON.stringify(value);
}
