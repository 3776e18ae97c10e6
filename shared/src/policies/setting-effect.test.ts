import { expect, test } from 'vitest';
import { AUDIT_SETTINGS, auditSetting, settingEffect } from './setting-effect.ts';

function effect(name: string, before: string | undefined, after: string) {
  const setting = auditSetting(name);
  if (setting === undefined) throw new Error(name);
  return settingEffect(setting, before, after);
}

test.each([
  ['pgaudit.log', 'all', 'none', 'off'],
  ['pgaudit.log', undefined, 'none', 'off'],
  ['pgaudit.log', 'all', 'ddl, role', 'narrowed'],
  ['pgaudit.log', 'all', 'all, -misc', 'narrowed'],
  ['pgaudit.log', 'ddl', 'all', 'widened'],
  ['pgaudit.log', 'none', 'none', 'same'],
  ['pgaudit.log', undefined, 'ddl', 'narrowed'],
  ['pgaudit.log', undefined, 'all', 'widened'],
  ['pgaudit.log', undefined, 'read, write, function, role, ddl, misc', 'widened'],
  ['log_statement', undefined, 'mod', 'narrowed'],
  ['log_connections', undefined, 'on', 'widened'],
  ['server_audit_events', undefined, 'CONNECT', 'narrowed'],
  ['server_audit_events', undefined, '', 'widened'],
  ['log_statement', 'all', 'ddl', 'narrowed'],
  ['log_statement', 'all', 'none', 'off'],
  ['log_connections', 'on', 'off', 'off'],
  ['server_audit_logging', 'ON', 'OFF', 'off'],
  ['server_audit_logging', 'OFF', '1', 'widened'],
  ['server_audit_events', '', 'CONNECT', 'narrowed'],
  ['server_audit_events', 'CONNECT,QUERY', '', 'widened'],
  ['server_audit_events', 'QUERY', 'QUERY_DML_NO_SELECT', 'narrowed'],
  ['server_audit_excl_users', '', 'dba', 'narrowed'],
  ['server_audit_excl_users', undefined, 'dba', 'narrowed'],
  ['server_audit_excl_users', 'app', 'app,dba', 'narrowed'],
  ['server_audit_excl_users', 'app,dba', 'app', 'widened'],
  ['server_audit_excl_users', 'app, dba', 'dba,app', 'same'],
  ['server_audit_incl_users', '', 'app', 'narrowed'],
  ['server_audit_incl_users', 'app,dba', 'app', 'narrowed'],
  ['server_audit_incl_users', 'app', 'app,dba', 'widened'],
  ['server_audit_incl_users', 'app', '', 'widened'],
  ['log_connections', 'on', 'receipt, authentication', 'same'],
  ['log_connections', 'all', '', 'off'],
  ['plugin server_audit', undefined, 'uninstall', 'off'],
] as const)('%s from %s to %s is %s', (name, before, after, expected) => {
  expect(effect(name, before, after).effect).toBe(expected);
});

test('what is lost is named in the product’s words', () => {
  expect(effect('pgaudit.log', 'read, write, ddl', 'ddl').lost).toEqual(['read', 'write']);
  expect(effect('server_audit_events', '', 'CONNECT,TABLE').lost).toEqual([
    'query_ddl',
    'query_dcl',
    'query_dml',
    'query_other',
  ]);
  expect(effect('server_audit_excl_users', 'app', 'app,DBA').lost).toEqual(['statements of DBA']);
  expect(effect('server_audit_incl_users', '', 'app').lost).toEqual(['statements of everybody but app']);
});

test('where the earlier value is unknown, all that the later one leaves out is named, and that it is unknown', () => {
  expect(effect('pgaudit.log', undefined, 'all, -read')).toEqual({
    effect: 'narrowed',
    lost: ['read'],
    unknownBefore: true,
  });
});

test('names are found whatever their case, and every setting says what is lost', () => {
  expect(auditSetting('SERVER_AUDIT_LOGGING')?.name).toBe('server_audit_logging');
  for (const setting of AUDIT_SETTINGS) expect(setting.loses).not.toBe('');
});

test('nothing that a setting can cover is beyond its value for everything', () => {
  for (const setting of AUDIT_SETTINGS.filter(({ losesUsers }) => losesUsers === undefined))
    expect(settingEffect(setting, undefined, setting.everything).effect, setting.name).toBe('widened');
});
