/** A statement or message that changes a setting. */
export interface SettingChange {
  readonly setting: string;
  /** As written, without quotes; absent for RESET and where the line does not tell. */
  readonly value?: string;
}

/** Statements of which one can change a setting; everything else is told by its first word and costs nothing. */
const HEAD =
  /^(?:ALTER\s+(?:SYSTEM|ROLE|USER|DATABASE)\b|SET\b|RESET\b|DROP\s+EXTENSION\b|CREATE\s+EXTENSION\b|LOAD\b)/i;
const ASSIGN = /\bSET\s+(?:SESSION\s+|LOCAL\s+)?("?[A-Za-z_][\w."]{0,127})\s{0,20}(?:=|\bTO\b)\s{0,20}/i;
const RESET = /\bRESET\s+("?[A-Za-z_][\w."]{0,127})/i;
const EXTENSION = /^(DROP|CREATE)\s+EXTENSION\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?"?(\w{1,63})/i;

/** The setting that a PostgreSQL statement changes, by its text, or undefined. Looks at the first statement only. */
export function settingChangeOf(statement: string): SettingChange | undefined {
  const text = withoutLeadingComments(statement.length > 4096 ? statement.slice(0, 4096) : statement);
  if (!HEAD.test(text)) return undefined;
  const extension = EXTENSION.exec(text);
  if (extension !== null) {
    const name = (extension[2] ?? '').toLowerCase();
    return name === 'pgaudit'
      ? { setting: 'extension pgaudit', value: (extension[1] ?? '').toLowerCase() }
      : undefined;
  }
  const assign = ASSIGN.exec(text);
  if (assign !== null) {
    const value = valueAt(text, assign.index + assign[0].length);
    return { setting: plainName(assign[1] ?? ''), ...(value === '' ? {} : { value }) };
  }
  const reset = RESET.exec(text);
  return reset === null ? undefined : { setting: plainName(reset[1] ?? '') };
}

/** True for settings that decide what is logged or audited, and where the log goes. */
export function isAuditSetting(setting: string): boolean {
  return AUDIT_SETTING.test(setting);
}

const AUDIT_SETTING =
  /^(?:pgaudit\.|log_|logging_|syslog|debug_print_|extension pgaudit$|(?:shared|session|local)_preload_libraries$|event_source$|lc_messages$|auto_explain\.|pg_stat_statements\.|track_activit)/;

function plainName(name: string): string {
  return name.replaceAll('"', '').toLowerCase();
}

function valueAt(text: string, at: number): string {
  const quote = text.charAt(at);
  if (quote === "'") {
    let value = '';
    for (let i = at + 1; i < text.length; i++) {
      const c = text.charAt(i);
      if (c !== "'") value += c;
      else if (text.charAt(i + 1) === "'") {
        value += "'";
        i++;
      } else break;
    }
    return value;
  }
  const end = text.indexOf(';', at);
  return text.slice(at, end === -1 ? undefined : end).trim();
}

/** `text` behind its leading blanks and comments; empty where a comment does not end. */
export function withoutLeadingComments(text: string): string {
  let at = 0;
  for (;;) {
    while (at < text.length && text.charCodeAt(at) <= 32) at++;
    if (text.startsWith('--', at)) {
      const end = text.indexOf('\n', at);
      if (end === -1) return '';
      at = end + 1;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) return '';
      at = end + 2;
    } else return at === 0 ? text : text.slice(at);
  }
}
