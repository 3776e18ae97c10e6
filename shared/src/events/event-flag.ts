/** What makes an event worth a look (EVENTS.md, Flags). */
export const EVENT_FLAGS = [
  'sensitive_object',
  'privileged_user',
  'bulk_read',
  'export',
  'destructive',
  'privilege_change',
  'audit_change',
  'program_execution',
  'dynamic_sql',
  'routine_change',
  'wrapped_code',
  'obfuscated',
  'long_statement',
  'off_hours',
  'in_change_window',
  'has_ticket',
  'class_conflict',
  'time_reversed',
  'truncated',
] as const;

export type EventFlag = (typeof EVENT_FLAGS)[number];
