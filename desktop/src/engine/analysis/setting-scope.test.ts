import { expect, test } from 'vitest';
import { settingScope } from './setting-scope.ts';

test.each([
  ["SET pgaudit.log = 'none'", { kind: 'session' }],
  ["/* job 7 */ SET pgaudit.log = 'none'", { kind: 'session' }],
  ["-- quiet\n  set session pgaudit.log to 'none'", { kind: 'session' }],
  ['RESET pgaudit.log', { kind: 'session' }],
  ["SET LOCAL pgaudit.log = 'none'", { kind: 'transaction' }],
  ['SET GLOBAL server_audit_logging = OFF', { kind: 'server' }],
  ['SET @@GLOBAL.server_audit_logging = OFF', { kind: 'server' }],
  ["ALTER SYSTEM SET pgaudit.log = 'none'", { kind: 'server' }],
  ['ALTER SYSTEM RESET pgaudit.log', { kind: 'server' }],
  [`/**/ALTER ROLE "dba" SET pgaudit.log = 'none'`, { kind: 'role', name: 'dba' }],
  ["ALTER DATABASE crm SET pgaudit.log = 'none'", { kind: 'database', name: 'crm' }],
] as const)('%s', (statement, scope) => {
  expect(settingScope(statement)).toEqual(scope);
});
