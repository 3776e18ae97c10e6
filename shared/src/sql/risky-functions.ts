import type { EventClass } from '../events/event-class.ts';
import type { EventFlag } from '../events/event-flag.ts';

/** What calling a function means beyond reading: names are compared without schema, in lower case. */
export interface RiskyFunction {
  readonly flags: readonly EventFlag[];
  /** The statement is of this class, though its verb is SELECT. */
  readonly class?: EventClass;
  /** The first argument names a setting. */
  readonly setting?: true;
}

export const RISKY_FUNCTIONS: ReadonlyMap<string, RiskyFunction> = new Map([
  // Files and programs of the server, other servers.
  ...names(
    'program_execution',
    `dblink dblink_exec dblink_connect dblink_connect_u dblink_open dblink_send_query
    lo_import pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file pg_file_read pg_logdir_ls
    sys_exec sys_eval sys_get sys_set lib_mysqludf_sys_info load_file xp_cmdshell`,
  ),
  ...names('program_execution', 'pg_file_write pg_file_unlink pg_file_rename pg_file_sync', 'data_write'),
  ['lo_export', { flags: ['program_execution', 'export'] as const }],
  ...names(
    'dynamic_sql',
    'query_to_xml query_to_xmlschema query_to_xml_and_xmlschema cursor_to_xml crosstab',
  ),
  // A table or database at a time, without naming SELECT.
  ...names('export', 'table_to_xml schema_to_xml database_to_xml'),
  ['set_config', { flags: [], setting: true as const }],
  ...[
    'pg_terminate_backend pg_cancel_backend pg_reload_conf pg_rotate_logfile pg_promote pg_switch_wal pg_create_restore_point',
    'pg_create_physical_replication_slot pg_create_logical_replication_slot pg_drop_replication_slot pg_stat_reset',
    'pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup pg_logical_slot_get_changes pg_wal_replay_pause',
  ]
    .flatMap((list) => list.split(' '))
    .map((name): [string, RiskyFunction] => [name, { flags: [], class: 'administration' }]),
]);

function names(flag: EventFlag, list: string, eventClass?: EventClass): [string, RiskyFunction][] {
  return list
    .split(/\s+/)
    .map((name) => [name, { flags: [flag], ...(eventClass === undefined ? {} : { class: eventClass }) }]);
}
