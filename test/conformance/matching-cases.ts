import type { Row } from './event-tables.ts';

/** A detection with events that it matches and events that it does not: every engine must agree with every row. */
export interface MatchingCase {
  readonly name: string;
  /** YAML below `detection:`; the condition is `sel` unless it is written out. */
  readonly detection: string;
  readonly yes: readonly Row[];
  readonly no: readonly Row[];
}

const user = (...names: readonly string[]): readonly Row[] => names.map((name) => ({ user: name }));
const ip = (...names: readonly string[]): readonly Row[] => names.map((name) => ({ client_ip: name }));

// biome-ignore format: a table of cases
export const MATCHING: readonly MatchingCase[] = [
  { name: 'R3: not and neq match events without the field', detection: "sel:\n    user: sa\n  condition: not sel", yes: [{ database: 'x' }, { user: 'b' }], no: user('sa', 'SA') },
  { name: 'R3: neq of a list is none of them', detection: 'sel:\n    user|neq: [a, b]', yes: [{ database: 'x' }, { user: 'c' }], no: user('a', 'B') },
  { name: 'neq|contains|all is not all of them', detection: 'sel:\n    user|contains|all|neq: [a, b]', yes: [{ database: 'x' }, { user: 'a' }], no: user('ab', 'xBAx') },
  { name: 'R4: simple folding of ASCII look-alikes', detection: 'sel:\n    user: SK', yes: user('sk', 'SK', '\u017fk', 's\u212a'), no: user('sk ', 'ßk') },
  { name: 'R4: Greek and sharp s', detection: 'sel:\n    user: [ΣΟΣ, GROẞ]', yes: user('σος', 'σοσ', 'groß'), no: user('gross') },
  { name: 'R4: dotted and dotless i are letters of their own', detection: 'sel:\n    user: ID', yes: user('id', 'iD'), no: user('İd', 'ıd') },
  { name: 'R4: dotted I equals itself', detection: 'sel:\n    user|startswith: İ', yes: user('İd'), no: user('id', 'ıd') },
  { name: 'R4: no normalisation', detection: 'sel:\n    user: é', yes: user('É'), no: user('e\u0301') },
  { name: 'R5: cased', detection: 'sel:\n    user|cased|startswith: Ad', yes: user('Admin'), no: user('admin', 'ADmin') },
  { name: 'R6: wildcards cross lines, SQL wildcards are literal', detection: "sel:\n    user: 'a*%_?b'", yes: user('a\n%_xb', 'Azz%_\u{1f600}B'), no: user('axxxb', 'a%_b') },
  { name: 'R6: a lone star is any value', detection: "sel:\n    user: '*'", yes: user('', 'x'), no: [{ database: 'x' }] },
  { name: 'R7: the empty string is a value', detection: "sel:\n    user: ''", yes: user(''), no: [{ user: ' ' }, { database: 'x' }] },
  { name: 'exists', detection: 'sel:\n    user|exists: true', yes: user('', 'x'), no: [{ database: 'x' }] },
  { name: 'exists: false', detection: 'sel:\n    user|exists: false', yes: [{ database: 'x' }], no: user('') },
  { name: 'null', detection: 'sel:\n    user: null', yes: [{ database: 'x' }], no: user('', 'null') },
  { name: 'V3: escapes', detection: "sel:\n    user: ['\\*', 'a\\\\*', '\\b']", yes: user('*', 'a\\', 'a\\z', '\\b'), no: user('x', 'a', 'b') },
  { name: 'contains an empty text is any value', detection: "sel:\n    user|contains: ''", yes: user('', 'x'), no: [{ database: 'x' }] },
  { name: 'endswith a list', detection: 'sel:\n    user|endswith: [_ro, _RW]', yes: user('app_RO', 'app_rw'), no: user('app_rox') },
  { name: 'R8: numbers and their texts', detection: "sel:\n    rows: ['5', 7]", yes: [{ rows: 5 }, { rows: 7 }], no: [{ rows: 50 }, { database: 'x' }] },
  { name: 'R8: a padded text is no number', detection: "sel:\n    rows: ['05', '5.0']", yes: [], no: [{ rows: 5 }] },
  { name: 'R8: doubles without point where whole', detection: 'sel:\n    duration_ms: [5.0, 0.5]', yes: [{ duration_ms: '5' }, { duration_ms: '0.5' }], no: [{ duration_ms: '5.5' }] },
  { name: 'R8: contains on a number', detection: 'sel:\n    rows|startswith: 12', yes: [{ rows: 1234 }], no: [{ rows: 412 }] },
  { name: 'R9: booleans of extra', detection: 'sel:\n    tls: true', yes: [{ tls: true }, { tls: 'True' }], no: [{ tls: 1 }, { tls: false }] },
  { name: 'R10: comparing an integer column', detection: 'sel:\n    rows|gte: 10\n    rows|lt: 20.5', yes: [{ rows: 10 }, { rows: 20 }], no: [{ rows: 9 }, { rows: 21 }, { database: 'x' }] },
  { name: 'R10: only texts that are numbers compare', detection: 'sel:\n    error_code|gt: 9', yes: [{ error_code: '10' }, { error_code: '+10.5' }, { error_code: '1e3' }, { error_code: '99999999999999999999' }], no: [{ error_code: '9' }, { error_code: ' 10' }, { error_code: '1_000' }, { error_code: 'Infinity' }, { error_code: 'nan' }, { error_code: '0x10' }, { error_code: '10.' }, { error_code: '' }] },
  { name: 'R11: keywords look at every value, inside it, and at none across two', detection: 'sel:\n    - "drop table"\n    - "pa?s"', yes: [{ statement: 'DROP TABLE x' }, { message: 'a pass b' }, { hint: 'Drop Table' }, { parameters: ['x', 'drop table y'] }], no: [{ user: 'drop', database: 'table' }, { user: 'pas' }] },
  { name: 'R11: all keywords, each in some value', detection: "sel:\n    '|all': [alpha, beta]", yes: [{ user: 'alpha', message: 'x BETA' }], no: [{ user: 'alpha' }, { message: 'beta' }] },
  { name: 'R12: regular expressions search, with case, and a dot is no line break', detection: "sel:\n    user|re: 'a.c|^q$'", yes: user('xabcx', 'q'), no: user('ABC', 'a\nc', 'q\n') },
  { name: 'R12: flags', detection: "sel:\n    user|re|i|m|s: '^b.c'", yes: user('a\nB\nC'), no: user('abxc') },
  { name: 'R13: IPv4 networks', detection: 'sel:\n    client_ip|cidr: [10.0.0.0/12, 192.168.1.7]', yes: ip('10.0.0.0', '10.15.255.255', '192.168.1.7', '::ffff:10.1.2.3', '::FFFF:0a01:203', '0:0:0:0:0:ffff:10.2.3.4'), no: ip('10.16.0.0', '10.1.2', '010.1.2.3', '10.1.2.3:80', ' 10.1.2.3', '[local]', '', '::10.1.2.3', '10.1.2.256') },
  { name: 'R13: IPv6 networks', detection: "sel:\n    client_ip|cidr: ['2001:db8::/33', '::1/128']", yes: ip('2001:DB8::', '2001:0db8:7fff::1', '[2001:db8::5]', '2001:db8::1%eth0', '::1', '0:0:0:0:0:0:0:1', '2001:db8:0:0:0:0:1.2.3.4'), no: ip('2001:db8:8000::', '2001:db8', '2001:db8:::1', '1.2.3.4', '2001:db8::g') },
  { name: 'R13: an IPv6 network holds no IPv4 address', detection: "sel:\n    client_ip|cidr: '::/0'", yes: ip('fe80::1'), no: ip('10.0.0.1', '::ffff:10.0.0.1') },
  { name: 'R14: time parts in UTC', detection: 'sel:\n    time|hour|gte: 22\n    time|day: 31', yes: [{ time: '2026-12-31T22:00:00Z' }], no: [{ time: '2026-12-31T21:59:59Z' }, { time: '2026-12-30T23:00:00Z' }] },
  { name: 'R14: ISO weeks', detection: 'sel:\n    time|week: 53', yes: [{ time: '2027-01-03T10:00:00Z' }], no: [{ time: '2027-01-04T10:00:00Z' }] },
  { name: 'R14: times in text', detection: 'sel:\n    started|hour: 9', yes: [{ started: '2026-01-01T10:30:00+01:00' }, { started: '2026-01-01 09:10' }, { started: '2026-01-01T09:59:59.123Z' }], no: [{ started: '2026-01-01' }, { started: '09:00' }, { started: 'x' }] },
  { name: 'R15: another field, folded and literal', detection: 'sel:\n    user|fieldref: effective_user', yes: [{ user: 'A%', effective_user: 'a%' }], no: [{ user: 'ab', effective_user: 'a%' }, { user: 'a' }, { database: 'x' }] },
  { name: 'fieldref with startswith', detection: 'sel:\n    user|fieldref|startswith: database', yes: [{ user: 'crm_app', database: 'CRM' }], no: [{ user: 'app', database: 'crm' }] },
  { name: 'R16: any member of a list', detection: 'sel:\n    flags: [export, destructive]', yes: [{ flags: ['x', 'Export'] }], no: [{ flags: [] }, { flags: ['exporter'] }, { database: 'x' }] },
  { name: 'R16: not means no member', detection: 'sel:\n    flags|startswith: e\n  condition: not sel', yes: [{ flags: ['a'] }, { flags: [] }, { database: 'x' }], no: [{ flags: ['a', 'export'] }] },
  { name: 'R16: all values, each in some member', detection: 'sel:\n    flags|all: [a, b]', yes: [{ flags: ['b', 'c', 'a'] }], no: [{ flags: ['a'] }] },
  { name: 'R16: an empty list is absent', detection: 'sel:\n    parameters: null', yes: [{ parameters: [] }, { database: 'x' }], no: [{ parameters: ['x'] }] },
  { name: 'R16: a path walks through objects', detection: "sel:\n    objects.name: 'crm.*'\n    objects.access: write", yes: [{ objects: [{ type: 'table', name: 'CRM.a', access: 'read' }, { type: 'table', name: 'x', access: 'write' }] }], no: [{ objects: [{ type: 'table', name: 'crm.a', access: 'read' }] }, { database: 'x' }] },
  { name: 'R18: fields of the source, nested and in other case', detection: 'sel:\n    Backend.Kind: x', yes: [{ 'backend.kind': 'X' }], no: [{ kind: 'x' }] },
  { name: 'R18: a path into extra', detection: 'sel:\n    backend.kind: x', yes: [{ backend: { kind: 'x' } }], no: [{ backend: { sort: 'x' } }] },
  { name: 'R19: a field that no data has', detection: 'sel:\n    colour: red\n  condition: not sel', yes: [{ user: 'a' }], no: [] },
  { name: 'windash: five dashes at the start of a word', detection: 'sel:\n    user|windash|contains: " -x /y"', yes: user('a -x -y', 'a /X –y', 'a —x ―y b'), no: user('a-x -y', 'a x y') },
  { name: 'base64offset in all three places', detection: 'sel:\n    statement|base64offset|contains: DROP TABLE', yes: ['DROP TABLE', 'xDROP TABLE', 'xyDROP TABLEzz'].map((text) => ({ statement: `SELECT '${Buffer.from(text).toString('base64')}'` })), no: [{ statement: `SELECT '${Buffer.from('DROP FUNCTION').toString('base64')}'` }] },
  { name: 'base64 of UTF-16', detection: 'sel:\n    statement|wide|base64|contains: Zür', yes: [{ statement: Buffer.from('Zür', 'utf16le').toString('base64') }], no: [{ statement: Buffer.from('Zür').toString('base64') }] },
  { name: 'statement tests are judged once a text and negated for events without one', detection: "sel:\n    statement|contains: drop\n  other:\n    statement: null\n  condition: not sel and not other", yes: [{ statement: 'SELECT 1' }, { statement: 'select 2', user: 'x' }], no: [{ statement: 'DROP TABLE a' }, { user: 'x' }] },
  { name: 'a negated statement test holds without a statement', detection: 'sel:\n    statement|contains: drop\n  condition: not sel', yes: [{ user: 'x' }, { statement: 'SELECT 1' }], no: [{ statement: 'drop' }] },
  { name: 'R22: hostile values stay values', detection: "sel:\n    user: [\"a' OR '1'='1\", \"\\0\", \"x\\\\\"]", yes: user("a' OR '1'='1", 'x\\'), no: user('a', '1') },
  { name: 'V1: lists of maps are alternatives', detection: 'sel:\n    - user: a\n      database: b\n    - database: c', yes: [{ user: 'a', database: 'b' }, { database: 'c' }], no: [{ user: 'a' }, { database: 'b' }] },
  { name: 'C1: words of the condition have boundaries', detection: 'notepad:\n    user: a\n  or_b:\n    user: b\n  condition: notepad or or_b', yes: user('a', 'b'), no: user('c') },
  { name: 'quantifiers', detection: 'sel-1:\n    user: a\n  sel-2:\n    database: b\n  _sel:\n    user: zz\n  condition: all of sel-* and not 1 of _*', yes: [{ user: 'a', database: 'b' }], no: [{ user: 'a' }] },
];
