/**
 * What an audit setting lets the server record. `covers` gives the kinds of record that a value asks for, in the
 * product's own words; an empty set is "nothing". Two values are compared by what the later one no longer covers.
 */
export interface AuditSetting {
  readonly name: string;
  /** What stays unrecorded when it covers nothing, for people. */
  readonly loses: string;
  covers(value: string): ReadonlySet<string>;
  /** A value that covers everything that the setting can. */
  readonly everything: string;
  /** For lists of users, which no set of kinds can hold: whose statements a change of the list no longer records. */
  losesUsers?(before: readonly string[], after: readonly string[]): readonly string[];
}

/** What changing a setting from one value to another did to the record. */
export interface SettingEffect {
  readonly effect: 'off' | 'narrowed' | 'same' | 'widened';
  /** Kinds that are no longer recorded, in order. */
  readonly lost: readonly string[];
  /** The earlier value is unknown: `lost` is all that the later one leaves out, recorded before or not. */
  readonly unknownBefore?: true;
}

const PGAUDIT_CLASSES = ['read', 'write', 'function', 'role', 'ddl', 'misc', 'misc_set'];
/** log_statement's levels, each with what it adds to the one before. */
const LOG_STATEMENT = ['none', 'ddl', 'mod', 'all'];
const SERVER_AUDIT_EVENTS = ['connect', 'query_ddl', 'query_dcl', 'query_dml', 'query_other', 'table'];

/** `pgaudit.log`: a list of classes, `all`, `none`, and `-class` to leave one out. MISC is all of MISC. */
function pgauditLog(value: string): ReadonlySet<string> {
  const covered = new Set<string>();
  for (const item of words(value)) {
    const name = item.replace(/^-/, '');
    const classes =
      name === 'all'
        ? PGAUDIT_CLASSES
        : name === 'none'
          ? []
          : name === 'misc'
            ? ['misc', 'misc_set']
            : [name];
    for (const each of classes) {
      if (item.startsWith('-')) covered.delete(each);
      else covered.add(each);
    }
  }
  return covered;
}

/** `server_audit_events`: empty means everything (POLICIES: Aurora reads the same text the other way round). */
function serverAuditEvents(value: string): ReadonlySet<string> {
  const named = words(value);
  if (named.length === 0) return new Set(SERVER_AUDIT_EVENTS);
  const covered = new Set<string>();
  for (const item of named) {
    if (item === 'query')
      for (const each of SERVER_AUDIT_EVENTS.filter((name) => name.startsWith('query'))) covered.add(each);
    else if (item === 'query_dml_no_select') covered.add('query_dml without select');
    else covered.add(item);
  }
  return covered;
}

const onOff =
  (kind: string) =>
  (value: string): ReadonlySet<string> =>
    /^(on|1|true|yes|y|t)$/i.test(value.trim()) ? new Set([kind]) : new Set();

/** `log_connections`: a switch up to PostgreSQL 17; since 18 also a list of what to record of a connection. */
function logConnections(value: string): ReadonlySet<string> {
  const stages = words(value).filter((word) =>
    ['receipt', 'authentication', 'authorization', 'setup_durations', 'all'].includes(word),
  );
  return stages.length > 0 ? new Set(['connections']) : onOff('connections')(value);
}

/** `server_audit_excl_users`: naming somebody takes them out of the record. */
const excluded = (before: readonly string[], after: readonly string[]): readonly string[] =>
  after.filter((user) => !before.includes(user)).map((user) => `statements of ${user}`);

/** `server_audit_incl_users`: only the listed users are audited, where the list is not empty. */
function included(before: readonly string[], after: readonly string[]): readonly string[] {
  if (after.length === 0) return [];
  if (before.length === 0) return [`statements of everybody but ${after.join(', ')}`];
  return before.filter((user) => !after.includes(user)).map((user) => `statements of ${user}`);
}

const someUsers = (): ReadonlySet<string> => new Set(['some users']);

export const AUDIT_SETTINGS: readonly AuditSetting[] = [
  {
    name: 'pgaudit.log',
    everything: 'all',
    loses: 'no statement is audited; connections and errors still are',
    covers: pgauditLog,
  },
  {
    name: 'log_statement',
    everything: 'all',
    loses: 'the server log holds no statement text by itself',
    covers: (value) =>
      new Set(LOG_STATEMENT.slice(1, Math.max(0, LOG_STATEMENT.indexOf(value.trim().toLowerCase())) + 1)),
  },
  {
    name: 'log_connections',
    everything: 'on',
    loses: 'connections are not recorded',
    covers: logConnections,
  },
  {
    name: 'log_disconnections',
    everything: 'on',
    loses: 'the ends of sessions are not recorded',
    covers: onOff('disconnections'),
  },
  {
    name: 'logging_collector',
    everything: 'on',
    loses: 'the log is not collected into files',
    covers: onOff('log files'),
  },
  {
    name: 'pgaudit.log_catalog',
    everything: 'on',
    loses: 'statements on system catalogues are not audited',
    covers: onOff('catalogue statements'),
  },
  {
    name: 'extension pgaudit',
    everything: 'create',
    loses: 'DDL and ROLE records lose their object names',
    covers: (value) => (value.toLowerCase() === 'drop' ? new Set() : new Set(['object names'])),
  },
  {
    name: 'server_audit_logging',
    everything: 'ON',
    loses: 'nothing is audited',
    covers: onOff('audit records'),
  },
  { name: 'server_audit_events', everything: '', loses: 'nothing is audited', covers: serverAuditEvents },
  {
    name: 'server_audit_excl_users',
    everything: '',
    loses: 'the listed users are not audited',
    covers: someUsers,
    losesUsers: excluded,
  },
  {
    name: 'server_audit_incl_users',
    everything: '',
    loses: 'only the listed users are audited',
    covers: someUsers,
    losesUsers: included,
  },
  {
    name: 'plugin server_audit',
    everything: 'install',
    loses: 'nothing is audited',
    covers: (value) => (value.toLowerCase() === 'uninstall' ? new Set() : new Set(['audit records'])),
  },
  {
    name: 'general_log',
    everything: 'ON',
    loses: 'the general log is not written',
    covers: onOff('general log'),
  },
];

const BY_NAME: ReadonlyMap<string, AuditSetting> = new Map(
  AUDIT_SETTINGS.map((setting) => [setting.name, setting]),
);

/** The audit setting of that name, or undefined where its effect on the record is not known. */
export function auditSetting(name: string): AuditSetting | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/**
 * Compares two values of a setting. Without the earlier value, what does not cover everything counts as narrowed, for it
 * may be; of a list of users, that it was empty is assumed, as the server's default has it.
 */
export function settingEffect(
  setting: AuditSetting,
  before: string | undefined,
  after: string,
): SettingEffect {
  if (setting.losesUsers !== undefined) {
    const [old, listed] = [users(before ?? ''), users(after)];
    const lost = setting.losesUsers(old, listed);
    const same = old.length === listed.length && old.every((user) => listed.includes(user));
    return { effect: lost.length > 0 ? 'narrowed' : same ? 'same' : 'widened', lost };
  }
  const now = setting.covers(after);
  const was = setting.covers(before ?? setting.everything);
  const lost = [...was].filter((kind) => !now.has(kind));
  if (now.size === 0) return { effect: was.size === 0 ? 'same' : 'off', lost };
  if (lost.length > 0)
    return { effect: 'narrowed', lost, ...(before === undefined ? { unknownBefore: true } : {}) };
  return { effect: before !== undefined && now.size === was.size ? 'same' : 'widened', lost };
}

function words(value: string): string[] {
  return value
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== "''");
}

/** Names of users are told apart by case. */
function users(value: string): readonly string[] {
  return value.split(/[\s,]+/).filter((user) => user !== '' && user !== "''");
}
