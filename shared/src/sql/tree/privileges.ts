import type { Draft } from '../draft.ts';
import { anyName, as, child, children, type Fields, roleName, strings, text } from './node.ts';
import { objectType } from './object-type.ts';
import type { NodeTable } from './reader.ts';

/** Roles and what they may do. */
export const PRIVILEGES: NodeTable = {
  GrantStmt: (n, d) => {
    d.statement(n.is_grant === true ? 'GRANT' : 'REVOKE');
    for (const node of children(n, 'privileges')) {
      for (const name of strings(children(as(node, 'AccessPriv') ?? {}, 'cols'))) d.column(name);
    }
    const type =
      text(n, 'targtype') === 'ACL_TARGET_ALL_IN_SCHEMA' ? 'schema' : objectType(text(n, 'objtype'));
    for (const node of children(n, 'objects')) d.object(type, anyName(node), 'grant');
    roles(n, 'grantees', d, 'grant');
  },
  GrantRoleStmt: (n, d) => {
    d.statement(n.is_grant === true ? 'GRANT ROLE' : 'REVOKE ROLE');
    roles(n, 'granted_roles', d, 'grant');
    roles(n, 'grantee_roles', d, 'grant');
  },
  AlterDefaultPrivilegesStmt: (_, d) => d.statement('ALTER DEFAULT PRIVILEGES'),
  CreateRoleStmt: (n, d) => {
    d.statement('CREATE ROLE');
    d.object('role', [text(n, 'role')], 'create');
  },
  AlterRoleStmt: (n, d) => {
    d.statement('ALTER ROLE');
    d.object('role', [roleName(child(n, 'role'))], 'alter');
  },
  AlterRoleSetStmt: (n, d) => {
    // Settings of later sessions, no privilege.
    d.statement('ALTER ROLE', { class: 'authorization', flags: [] });
    if (n.role !== undefined) d.object('role', [roleName(child(n, 'role'))], 'alter');
    setting(child(n, 'setstmt'), d);
  },
  DropRoleStmt: (n, d) => {
    d.statement('DROP ROLE');
    roles(n, 'roles', d, 'drop');
  },
  DropOwnedStmt: (n, d) => {
    d.statement('DROP OWNED');
    roles(n, 'roles', d, 'drop');
  },
  ReassignOwnedStmt: (n, d) => {
    d.statement('REASSIGN OWNED');
    roles(n, 'roles', d, 'alter');
    d.object('role', [roleName(child(n, 'newrole'))], 'alter');
  },
};

function roles(n: Fields, key: string, d: Draft, access: 'grant' | 'drop' | 'alter'): void {
  for (const node of children(n, key)) d.object('role', anyName(node), access);
}

/** The setting that a SET inside ALTER ROLE, ALTER DATABASE, ALTER SYSTEM changes for later sessions. */
export function setting(set: Fields, d: Draft): void {
  d.setting(text(set, 'name').toLowerCase());
  if (text(set, 'kind') !== 'VAR_RESET_ALL') return;
  // Those of the audit among them.
  d.raise('audit_change');
  d.flag('audit_change');
}
