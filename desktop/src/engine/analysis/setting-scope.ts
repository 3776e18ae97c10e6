import { withoutLeadingComments } from '@dbwitness/shared/logs/postgresql/setting-change.ts';

/** Whom a statement's change of a setting holds for: one session (or one transaction of it), a role or a database, or all. */
export type SettingScope =
  | { readonly kind: 'server' }
  | { readonly kind: 'session' | 'transaction' }
  | { readonly kind: 'role' | 'database'; readonly name: string };

/**
 * Reads it from the statement's text: SET and RESET are the session's own, ALTER ROLE and ALTER DATABASE name theirs;
 * ALTER SYSTEM, SET GLOBAL and the rest hold for the server.
 */
export function settingScope(statement: string): SettingScope {
  const text = withoutLeadingComments(statement.slice(0, 4096));
  const altered = /^ALTER\s+(ROLE|USER|DATABASE)\s+"?([^\s"]+)"?/i.exec(text);
  if (altered !== null)
    return { kind: /database/i.test(altered[1] ?? '') ? 'database' : 'role', name: altered[2] ?? '' };
  if (/^SET\s+LOCAL\b/i.test(text)) return { kind: 'transaction' };
  return /^(?:SET\s+(?!GLOBAL\b|@@GLOBAL\b)|RESET\s)/i.test(text) ? { kind: 'session' } : { kind: 'server' };
}
