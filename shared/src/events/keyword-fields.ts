import { FIELDS, type FieldName } from './fields.ts';

/** Fields that say where a record stands or how it was read, not what happened: keywords do not look there (SIGMA R11). */
const ABOUT_THE_RECORD: ReadonlySet<string> = new Set<FieldName>([
  'event_id',
  'time',
  'time_raw',
  'time_basis',
  'exhibit',
  'byte_offset',
  'byte_length',
  'line',
  'statement_id',
  'fingerprint',
  'format',
  'objects',
  'raw',
]);

/** True for a field of the dictionary whose value a keyword does not look at. */
export function isAboutTheRecord(field: string): boolean {
  return ABOUT_THE_RECORD.has(field);
}

/** The fields of the dictionary whose every value a keyword looks at: what the event says. */
export const KEYWORD_FIELDS: readonly FieldName[] = FIELDS.map((field) => field.name).filter(
  (name) => !ABOUT_THE_RECORD.has(name),
);
