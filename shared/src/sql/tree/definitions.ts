import type { ObjectAccess } from '../../events/audit-event.ts';
import type { Draft } from '../draft.ts';
import { readCodeText } from '../outline/code.ts';
import { untrusted } from '../outline/definitions.ts';
import {
  anyName,
  as,
  child,
  children,
  type Fields,
  option,
  relationName,
  roleName,
  strings,
  text,
} from './node.ts';
import { objectType } from './object-type.ts';
import { setting } from './privileges.ts';
import { readFields, readNode } from './query.ts';
import type { NodeReader, NodeTable } from './reader.ts';

/** CREATE, ALTER, DROP and what else changes definitions. */
export const DEFINITIONS: NodeTable = {
  CreateStmt: (n, d) => createTable(n, d, 'table'),
  CreateForeignTableStmt: (n, d) => createTable(child(n, 'base'), d, 'foreign table'),
  CreateTableAsStmt: (n, d) => {
    const copied = text(n, 'objtype') === 'OBJECT_TABLE';
    d.statement(copied ? 'CREATE TABLE AS' : 'CREATE MATERIALIZED VIEW');
    d.object(objectType(text(n, 'objtype')), relationName(child(child(n, 'into'), 'rel')), 'create');
    const whole = readNode(n.query, d);
    if (copied && whole) d.flag('bulk_read');
  },
  ViewStmt: (n, d) => {
    d.statement('CREATE VIEW');
    d.object('view', relationName(child(n, 'view')), 'create');
    readNode(n.query, d);
  },
  RefreshMatViewStmt: (n, d) => {
    d.statement('REFRESH MATERIALIZED VIEW');
    d.object('materialized view', relationName(child(n, 'relation')), 'write');
  },
  IndexStmt: (n, d) => {
    d.statement('CREATE INDEX');
    d.object('index', [text(n, 'idxname')], 'create');
    d.object('table', relationName(child(n, 'relation')), 'alter');
  },
  CreateSeqStmt: (n, d) => relation(n, d, 'CREATE', 'sequence', 'sequence'),
  AlterSeqStmt: (n, d) => relation(n, d, 'ALTER', 'sequence', 'sequence'),
  CreateTrigStmt: (n, d) => onTable(n, d, 'CREATE', 'trigger', 'trigname', 'relation'),
  RuleStmt: (n, d) => onTable(n, d, 'CREATE', 'rule', 'rulename', 'relation'),
  CreatePolicyStmt: (n, d) => onTable(n, d, 'CREATE', 'policy', 'policy_name', 'table'),
  AlterPolicyStmt: (n, d) => onTable(n, d, 'ALTER', 'policy', 'policy_name', 'table'),
  CreateFunctionStmt: createFunction,
  AlterFunctionStmt: (n, d) => {
    const type = objectType(text(n, 'objtype'));
    d.statement(`ALTER ${type.toUpperCase()}`);
    d.object(type, strings(children(child(n, 'func'), 'objname')), 'alter');
  },
  DefineStmt: (n, d) => {
    const type = objectType(text(n, 'kind'));
    d.statement(`CREATE ${type.toUpperCase()}`);
    if (type === 'operator') d.named(type, strings(children(n, 'defnames')).join('.'), 'create');
    else d.object(type, strings(children(n, 'defnames')), 'create');
  },
  CreateExtensionStmt: (n, d) => {
    d.statement('CREATE EXTENSION');
    d.object('extension', [text(n, 'extname')], 'create');
    d.module(text(n, 'extname'));
  },
  AlterExtensionStmt: (n, d) => {
    d.statement('ALTER EXTENSION');
    d.object('extension', [text(n, 'extname')], 'alter');
    d.module(text(n, 'extname'));
  },
  AlterExtensionContentsStmt: (n, d) => {
    d.statement('ALTER EXTENSION');
    d.object('extension', [text(n, 'extname')], 'alter');
    d.module(text(n, 'extname'));
  },
  CreateEnumStmt: named('CREATE TYPE', 'type', (n) => strings(children(n, 'typeName'))),
  CreateRangeStmt: named('CREATE TYPE', 'type', (n) => strings(children(n, 'typeName'))),
  AlterEnumStmt: named('ALTER TYPE', 'type', (n) => strings(children(n, 'typeName'))),
  CompositeTypeStmt: named('CREATE TYPE', 'type', (n) => relationName(child(n, 'typevar'))),
  CreateDomainStmt: named('CREATE DOMAIN', 'domain', (n) => strings(children(n, 'domainname'))),
  AlterDomainStmt: named('ALTER DOMAIN', 'domain', (n) => strings(children(n, 'typeName'))),
  CreateSchemaStmt: (n, d) => {
    d.statement('CREATE SCHEMA');
    const owner = n.authrole === undefined ? '' : roleName(child(n, 'authrole'));
    d.object('schema', [n.schemaname === undefined ? owner : text(n, 'schemaname')], 'create');
  },
  CreatedbStmt: named('CREATE DATABASE', 'database', (n) => [text(n, 'dbname')]),
  DropdbStmt: named('DROP DATABASE', 'database', (n) => [text(n, 'dbname')]),
  AlterDatabaseStmt: named('ALTER DATABASE', 'database', (n) => [text(n, 'dbname')]),
  AlterDatabaseSetStmt: (n, d) => {
    d.statement('ALTER DATABASE');
    d.object('database', [text(n, 'dbname')], 'alter');
    setting(child(n, 'setstmt'), d);
  },
  AlterSystemStmt: (n, d) => {
    d.statement('ALTER SYSTEM');
    setting(child(n, 'setstmt'), d);
  },
  CreateTableSpaceStmt: named('CREATE TABLESPACE', 'tablespace', (n) => [text(n, 'tablespacename')]),
  DropTableSpaceStmt: named('DROP TABLESPACE', 'tablespace', (n) => [text(n, 'tablespacename')]),
  AlterTableSpaceOptionsStmt: named('ALTER TABLESPACE', 'tablespace', (n) => [text(n, 'tablespacename')]),
  CreateForeignServerStmt: named('CREATE SERVER', 'server', (n) => [text(n, 'servername')]),
  AlterForeignServerStmt: named('ALTER SERVER', 'server', (n) => [text(n, 'servername')]),
  CreateFdwStmt: named('CREATE FOREIGN DATA WRAPPER', 'foreign data wrapper', (n) => [text(n, 'fdwname')]),
  AlterFdwStmt: named('ALTER FOREIGN DATA WRAPPER', 'foreign data wrapper', (n) => [text(n, 'fdwname')]),
  CreateUserMappingStmt: named('CREATE USER MAPPING', 'role', (n) => [roleName(child(n, 'user'))]),
  AlterUserMappingStmt: named('ALTER USER MAPPING', 'role', (n) => [roleName(child(n, 'user'))]),
  DropUserMappingStmt: named('DROP USER MAPPING', 'role', (n) => [roleName(child(n, 'user'))]),
  ImportForeignSchemaStmt: (n, d) => {
    d.statement('IMPORT FOREIGN SCHEMA');
    d.object('schema', [text(n, 'remote_schema')], 'read');
  },
  CreatePublicationStmt: named('CREATE PUBLICATION', 'publication', (n) => [text(n, 'pubname')]),
  AlterPublicationStmt: named('ALTER PUBLICATION', 'publication', (n) => [text(n, 'pubname')]),
  CreateSubscriptionStmt: named('CREATE SUBSCRIPTION', 'subscription', (n) => [text(n, 'subname')]),
  AlterSubscriptionStmt: named('ALTER SUBSCRIPTION', 'subscription', (n) => [text(n, 'subname')]),
  DropSubscriptionStmt: named('DROP SUBSCRIPTION', 'subscription', (n) => [text(n, 'subname')]),
  CreateEventTrigStmt: named('CREATE EVENT TRIGGER', 'event trigger', (n) => [text(n, 'trigname')]),
  AlterEventTrigStmt: named('ALTER EVENT TRIGGER', 'event trigger', (n) => [text(n, 'trigname')]),
  CreatePLangStmt: named('CREATE LANGUAGE', 'language', (n) => [text(n, 'plname')]),
  CreateAmStmt: named('CREATE ACCESS METHOD', 'access method', (n) => [text(n, 'amname')]),
  CreateStatsStmt: named('CREATE STATISTICS', 'statistics', (n) => strings(children(n, 'defnames'))),
  CreateConversionStmt: named('CREATE CONVERSION', 'conversion', (n) =>
    strings(children(n, 'conversion_name')),
  ),
  CreateOpClassStmt: named('CREATE OPERATOR CLASS', 'operator class', (n) =>
    strings(children(n, 'opclassname')),
  ),
  CreateOpFamilyStmt: named('CREATE OPERATOR FAMILY', 'operator family', (n) =>
    strings(children(n, 'opfamilyname')),
  ),
  CreateCastStmt: (_, d) => d.statement('CREATE CAST'),
  CreateTransformStmt: (_, d) => d.statement('CREATE TRANSFORM'),
  AlterTableStmt: alterTable,
  DropStmt: drop,
  RenameStmt: rename,
  AlterOwnerStmt: (n, d) => {
    change(n, d, 'objectType');
    d.flag('privilege_change');
  },
  AlterObjectSchemaStmt: (n, d) => change(n, d, 'objectType'),
  AlterObjectDependsStmt: (n, d) => change(n, d, 'objectType'),
  CommentStmt: (n, d) => describe(n, d, 'COMMENT'),
  SecLabelStmt: (n, d) => describe(n, d, 'SECURITY LABEL'),
};

function named(action: string, type: string, name: (n: Fields) => readonly string[]): NodeReader {
  const access: ObjectAccess = action.startsWith('CREATE')
    ? 'create'
    : action.startsWith('DROP')
      ? 'drop'
      : 'alter';
  return (n, d) => {
    d.statement(action);
    d.object(type, name(n), access);
  };
}

function relation(n: Fields, d: Draft, verb: 'CREATE' | 'ALTER', type: string, key: string): void {
  d.statement(`${verb} ${type.toUpperCase()}`);
  d.object(type, relationName(child(n, key)), verb === 'CREATE' ? 'create' : 'alter');
}

function onTable(
  n: Fields,
  d: Draft,
  verb: 'CREATE' | 'ALTER',
  type: string,
  name: string,
  table: string,
): void {
  d.statement(`${verb} ${type.toUpperCase()}`);
  d.object(type, [text(n, name)], verb === 'CREATE' ? 'create' : 'alter');
  d.object('table', relationName(child(n, table)), 'alter');
}

function createTable(n: Fields, d: Draft, type: string): void {
  d.statement(`CREATE ${type.toUpperCase()}`);
  d.object(type, relationName(child(n, 'relation')), 'create');
  for (const node of children(n, 'tableElts')) {
    const column = as(node, 'ColumnDef');
    if (column !== undefined) d.column(text(column, 'colname'));
  }
}

function createFunction(n: Fields, d: Draft): void {
  const type = n.is_procedure === true ? 'procedure' : 'function';
  d.statement(`CREATE ${type.toUpperCase()}`);
  d.object(type, strings(children(n, 'funcname')), 'create');
  const options = children(n, 'options');
  const language = anyName(option(options, 'language')?.arg)[0]?.toLowerCase() ?? '';
  untrusted(d, language);
  const body = option(options, 'as');
  if (body !== undefined) {
    d.literalsRead = true;
    if (language === '' || language === 'sql' || language === 'plpgsql')
      readCodeText(anyName(body.arg)[0] ?? '', d);
  }
  if (n.sql_body === undefined) return;
  const draft = d.inside('own');
  readFields({ body: n.sql_body }, draft);
  d.absorb(draft);
}

function alterTable(n: Fields, d: Draft): void {
  const type = objectType(text(n, 'objtype'));
  d.statement(`ALTER ${type.toUpperCase()}`);
  d.object(type, relationName(child(n, 'relation')), 'alter');
  for (const node of children(n, 'cmds')) {
    const command = as(node, 'AlterTableCmd') ?? {};
    const kind = text(command, 'subtype');
    if (kind === 'AT_ChangeOwner' || /RowSecurity$/.test(kind)) d.flag('privilege_change');
    else if (/^AT_(Enable|Disable).*(Trig|Rule)/.test(kind)) d.flag('routine_change');
    else if (kind === 'AT_DropColumn') d.flag('destructive');
    if (kind === 'AT_AddColumn') d.column(text(as(command.def, 'ColumnDef') ?? {}, 'colname'));
    else if (COLUMN_COMMANDS.test(kind) && command.name !== undefined) d.column(text(command, 'name'));
  }
}

const COLUMN_COMMANDS =
  /^AT_(DropColumn|AlterColumnType|ColumnDefault|DropNotNull|SetNotNull|SetStatistics|SetStorage|SetCompression|SetOptions|ResetOptions|AddIdentity|SetIdentity|DropIdentity|DropExpression|SetExpression|AlterColumnGenericOptions)/;

function drop(n: Fields, d: Draft): void {
  const type = objectType(text(n, 'removeType'));
  d.statement(`DROP ${type.toUpperCase()}`);
  for (const node of children(n, 'objects')) {
    const name = withoutMethod(type, anyName(node));
    if (type === 'trigger' || type === 'rule' || type === 'policy') {
      d.object(type, name.slice(-1), 'drop');
      d.object('table', name.slice(0, -1), 'alter');
    } else d.object(type, name, 'drop');
    if (type === 'extension') d.module(name[0] ?? '');
  }
}

function rename(n: Fields, d: Draft): void {
  const renamed = objectType(text(n, 'renameType'));
  if (renamed === 'role') {
    d.statement('ALTER ROLE');
    d.object('role', [text(n, 'subname')], 'alter');
    return;
  }
  const part = renamed === 'column' || renamed === 'constraint' || renamed === 'attribute';
  const owner = objectType(text(n, 'relationType'));
  const type = part ? (owner === 'access method' ? 'table' : owner) : renamed;
  d.statement(`ALTER ${type.toUpperCase()}`);
  if (type === 'trigger' || type === 'rule' || type === 'policy') {
    d.object(type, [text(n, 'subname')], 'alter');
    d.object('table', relationName(child(n, 'relation')), 'alter');
    return;
  }
  if (renamed === 'column') d.column(text(n, 'subname'));
  d.object(type, target(n), 'alter');
}

/** The object of a node that gives it as relation, as name, or as words. */
function target(n: Fields): readonly string[] {
  if (n.relation !== undefined) return relationName(child(n, 'relation'));
  if (n.object !== undefined) return anyName(n.object);
  return [text(n, 'subname')];
}

function change(n: Fields, d: Draft, key: string): void {
  const type = objectType(text(n, key));
  d.statement(`ALTER ${type.toUpperCase()}`);
  d.object(type, withoutMethod(type, target(n)), 'alter');
}

/** Operator classes and families come with their access method first. */
function withoutMethod(type: string, name: readonly string[]): readonly string[] {
  return type === 'operator class' || type === 'operator family' ? name.slice(1) : name;
}

/** COMMENT and SECURITY LABEL. */
function describe(n: Fields, d: Draft, action: string): void {
  d.statement(action);
  const type = objectType(text(n, 'objtype'));
  const name = anyName(n.object);
  if (type === 'column') {
    d.column(name.at(-1) ?? '');
    d.object('table', name.slice(0, -1), 'alter');
  } else if (type === 'trigger' || type === 'rule' || type === 'policy' || type === 'constraint') {
    d.object(type, name.slice(-1), 'alter');
    d.object('table', name.slice(0, -1), 'alter');
  } else d.object(type, name, 'alter');
}
