import type { AuditEvent } from './audit-event.ts';
import { FIELDS } from './fields.ts';

/** An event outside a case: with where it stands in its file, and the shape of its statement. */
export interface ParsedEvent extends AuditEvent {
  readonly format: string;
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly line: number;
  readonly fingerprint?: string;
}

/**
 * An event as one line of JSON: the fields of the dictionary in its order, absent ones left out, the time in ISO 8601 UTC
 * with microseconds. The same form that a case exports, which has numbers of its own besides (`event_id`, `exhibit`).
 */
export function eventJson(event: ParsedEvent): string {
  const fields: Readonly<Record<string, unknown>> = { ...event };
  const members: string[] = [];
  for (const { name, type } of FIELDS) {
    const value = fields[name];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    const written = type === 'timestamp' && typeof value === 'number' ? isoMicros(value) : value;
    members.push(`"${name}":${JSON.stringify(written)}`);
  }
  return `{${members.join(',')}}`;
}

/** Microseconds since 1970 as ISO 8601 UTC, always with six digits. */
export function isoMicros(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, '0');
  return new Date(millis).toISOString().replace('Z', `${rest}Z`);
}
