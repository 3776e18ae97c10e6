/**
 * JSON that a strict reader takes: half a surrogate pair, which logs can hold as an escape, becomes U+FFFD as it would in
 * UTF-8.
 */
export function wellFormedJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!HALF_PAIR.test(json)) return json;
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? Buffer.from(part).toString() : part,
  );
}

/** How half a pair is written, and a text that looks like that: only the time that it costs is lost on it. */
const HALF_PAIR = /\\ud[89a-f]/;
