/** What kind of thing happened (EVENTS.md, Classes). */
export const EVENT_CLASSES = [
  'authentication',
  'authorization',
  'data_read',
  'data_write',
  'schema_change',
  'administration',
  'audit_change',
  'execution',
  'session',
  'error',
  'other',
] as const;

export type EventClass = (typeof EVENT_CLASSES)[number];
