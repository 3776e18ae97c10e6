/** A statement that changes what MariaDB records. */
export interface AuditSettingChange {
  readonly setting: string;
  readonly value?: string;
}

const ASSIGN =
  /^SET\s+(?:GLOBAL\s+|@@GLOBAL\s{0,4}\.\s{0,4})(?:`?)(server_audit_\w{1,40}|general_log(?:_file)?|slow_query_log(?:_file)?|log_output|log_bin|sql_log_bin|sql_errlog\w{0,40})(?:`?)\s{0,20}:?=\s{0,20}('(?:[^'\\]|\\[\s\S]){0,512}'|"(?:[^"\\]|\\[\s\S]){0,512}"|[^\s,;]{1,128})/i;
const PLUGIN =
  /^(INSTALL|UNINSTALL)\s+(?:PLUGIN|SONAME)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?[`'"]?(server_audit\w{0,20})/i;

/** The audit or log setting that a MariaDB statement changes, or undefined. */
export function auditSettingChangeOf(statement: string): AuditSettingChange | undefined {
  const first = statement.charCodeAt(0) | 0x20;
  const head =
    first === 0x73 || first === 0x69 || first === 0x75 ? statement.slice(0, 1024) : withoutLead(statement);
  if (head === undefined) return undefined;
  const plugin = PLUGIN.exec(head);
  if (plugin !== null) return { setting: 'plugin server_audit', value: (plugin[1] ?? '').toLowerCase() };
  const assign = ASSIGN.exec(head);
  if (assign === null) return undefined;
  const value = assign[2] ?? '';
  const quoted = value.startsWith("'") || value.startsWith('"');
  return { setting: (assign[1] ?? '').toLowerCase(), value: quoted ? value.slice(1, -1) : value };
}

/** Text behind leading blanks and comments; undefined where there are none and so nothing to look for. */
function withoutLead(statement: string): string | undefined {
  const c = statement.charCodeAt(0);
  if (c > 32 && c !== 47 && c !== 45 && c !== 35) return undefined;
  const lead = /^(?:\s|\/\*(?!!)(?:[^*]|\*(?!\/)){0,512}\*\/|--[^\n]{0,512}\n|#[^\n]{0,512}\n){1,16}/.exec(
    statement.slice(0, 4096),
  );
  return lead === null ? undefined : statement.slice(lead[0].length, lead[0].length + 1024);
}
