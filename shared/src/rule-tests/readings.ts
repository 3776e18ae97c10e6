import { LOG_FORMATS } from '../logs/index.ts';

/** Bare messages of pgAudit, without what the server's log writes around them. */
export const PGAUDIT = 'pgaudit';
/** Events as JSON: an object a line, or one array. */
export const JSON_EVENTS = 'json';

/** What `source` can name. */
export const READINGS: readonly string[] = [...LOG_FORMATS.map(({ id }) => id), PGAUDIT, JSON_EVENTS];

export function isReading(name: string): boolean {
  return READINGS.includes(name);
}
