import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import type { Row } from './event-tables.ts';

/** A detection with events that it matches and events that it does not: every engine must agree with every row. */
export interface MatchingCase {
  readonly name: string;
  /** YAML below `detection:`; the condition is `sel` unless it is written out. */
  readonly detection: string;
  readonly yes: readonly Row[];
  readonly no: readonly Row[];
  /** Zone of time parts; default UTC. */
  readonly zone?: string;
  /** Of an estate that defines placeholders. */
  readonly estate?: Partial<Estate>;
  /** Only as documents: no event of a database can hold such values. */
  readonly only?: 'documents';
}

const user = (...names: readonly string[]): readonly Row[] => names.map((name) => ({ user: name }));
const ip = (...names: readonly string[]): readonly Row[] => names.map((name) => ({ client_ip: name }));

const b64 = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  Buffer.from(text, encoding).toString('base64');
const x = (...values: readonly Row[string][]): readonly Row[] => values.map((value) => ({ x: value }));

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

  // Logic, absent values
  { name: 'R1: NOT over OR and AND of absent fields', detection: 'one:\n    user: a\n  two:\n    database: b\n  condition: not (one or two) or not (one and two and not two)', yes: [{ hint: 'x' }, { user: 'a' }, { user: 'a', database: 'b' }], no: [] },
  { name: 'R1: not one of two, where the other is absent', detection: 'one:\n    user: a\n  two:\n    database|startswith: b\n  condition: not (one or two)', yes: [{ hint: 'x' }, { user: 'c' }, { database: 'c' }], no: [{ user: 'a' }, { database: 'b' }, { user: 'a', database: 'c' }] },
  { name: 'R2: null is absent', detection: 'sel:\n    x: null', yes: [{ x: null }, { user: 'a' }], no: x('', 'null', 0, false) },
  { name: 'R2: null beside values is no value', detection: 'sel:\n    x|exists: true', yes: x([null, 'a'], [0]), no: x(null, [], [null]) },
  { name: 'R2: lists of empty lists and nulls are no values', detection: 'sel:\n    x|exists: true', yes: x([[null, 0]]), no: x([[]], [[], [null]]), only: 'documents' },
  { name: 'R3: every kind of test is false on an absent field, and its negation true', detection: "text:\n    x|contains: a\n  re:\n    x|re: ''\n  net:\n    x|cidr: 0.0.0.0/0\n  number:\n    x|gt: 0\n  part:\n    x|year|gte: 1\n  field:\n    x|fieldref: y\n  word:\n    x|fieldref|contains: y\n  condition: not text and not re and not net and not number and not part and not field and not word", yes: [{ user: 'a' }, { x: null }], no: x('abc', '1', '10.0.0.1') },
  { name: 'R3: a positive test of an absent field is false', detection: "sel:\n    - x|re: ''\n    - x: '*'\n    - x|cidr: '::/0'\n    - x|lt: 1e30\n    - x|fieldref: x", yes: x('a'), no: [{ user: 'a' }, { x: null }] },
  { name: 'null with neq is any value', detection: 'sel:\n    user|neq: null', yes: user('', 'a'), no: [{ database: 'x' }] },
  { name: 'null among values is one of them', detection: 'sel:\n    user|startswith: a\n  other:\n    user: null\n  condition: sel or other', yes: [{ user: 'ab' }, { database: 'x' }], no: user('b') },
  // Text
  { name: 'R4: Kelvin, Ångström and long s in values and in rules', detection: 'sel:\n    user|contains: [\u212a\u212b, ſt]', yes: user('xkåx', 'KÅ', '\u212a\u212b', 'ST', 'ſt', 'st'), no: user('ka', 'ßt') },
  { name: 'R4: titlecase digraphs and Cherokee fold simply', detection: 'sel:\n    user: [ǅ, Ꭰ, ꭱ]', yes: user('Ǆ', 'ǆ', 'ꭰ', 'Ꭱ'), no: user('dž', 'Ꮂ') },
  { name: 'R4: ligatures and letters with several characters stay', detection: 'sel:\n    user: [ﬁ, ŉ]', yes: user('ﬁ', 'ŉ'), no: user('fi', 'ʼn') },
  { name: 'R4: no trimming', detection: 'sel:\n    user: a', yes: user('A'), no: user('a ', ' a', 'a\n', '\ta', 'a\u00a0') },
  { name: 'R5: cased equality, list and negation', detection: 'sel:\n    user|cased: [Ä, b]', yes: user('Ä', 'b'), no: user('ä', 'B') },
  { name: 'R5: cased with contains, endswith and wildcards', detection: "sel:\n    - user|cased|contains: Bc\n    - user|cased|endswith: Yz\n    - user|cased: 'Q?r*'", yes: user('aBcd', 'xYz', 'QxrS', 'Q😀r'), no: user('abcd', 'xyz', 'qxr', 'Qr') },
  { name: 'R6: one star and no more is needed', detection: "sel:\n    user: 'a**b***c'", yes: user('abc', 'a1b2c'), no: user('acb', 'ab') },
  { name: 'R6: question marks count code points', detection: "sel:\n    user: '??'", yes: user('ab', '😀é', '\n\n'), no: user('', 'a', 'abc', 'e\u0301e') },
  { name: 'R6: brackets, braces and backslashes are plain', detection: "sel:\n    user: 'a[b-c]{1}^$?*(x)|.+'", yes: user('A[B-C]{1}^$z(x)|.+', 'a[b-c]{1}^$zz\\(x)|.+'), no: user('ab{1}^$z(x)|.+', 'a[b-c]{1}^$(x)|.+') },
  { name: 'R6: escaped wildcards beside active ones', detection: "sel:\n    user: '*\\*\\?*'", yes: user('a*?b', '*?'), no: user('axxb', '*a?') },
  { name: 'R7: contains of an empty text, negated', detection: "sel:\n    user|contains: ''\n  condition: not sel", yes: [{ database: 'x' }], no: user('', 'a') },
  { name: 'V3: backslashes before anything else are themselves', detection: "sel:\n    user: ['C:\\dir\\x', '\\\\\\\\srv', 'end\\']", yes: user('c:\\DIR\\x', '\\\\srv', 'end\\'), no: user('c:dirx', '\\srv', 'end') },
  { name: 'V3: backslash and wildcard', detection: "sel:\n    user: ['a\\\\*', 'b\\\\\\*']", yes: user('a\\', 'a\\x', 'b\\*'), no: user('a*', 'b\\x', 'b*') },
  { name: 'NUL and controls are characters', detection: "sel:\n    user|contains: \"a\\0b\\x1f\"", yes: user('xA\0B\x1fy'), no: user('ab', 'a', 'a\0b') },
  { name: 'a byte order mark is a character, at the start too', detection: "sel:\n    user|re: '^[^a]a$'\n    user|contains: \"\\ufeff\"", yes: user('\ufeffa'), no: user('a', 'ba', '\ufeff') },
  { name: 'NUL between wildcards and in an expression', detection: "sel:\n    - user: \"a\\0?b\"\n    - user|re: 'q\\x00+r'", yes: user('a\0xb', 'q\0\0r'), no: user('a\0b', 'qr', 'axb') },
  { name: 'a lone surrogate is U+FFFD', detection: 'sel:\n    x: "a\ufffd"', yes: x('a\ud800', 'a\ufffd'), no: x('a'), only: 'documents' },
  { name: 'separators are characters', detection: 'sel:\n    x: ["a\\x1e?b", "\\x1d", "c\\x1cd"]', yes: x('a\x1exb', '\x1d', ['q', 'c\x1cd']), no: x('a', 'b', 'c', ['c', 'd'], '') },
  { name: 'noncharacters are characters', detection: 'sel:\n    x: ["a\\ufdd0?b", "\\ufdd1", "c\\ufdd2d"]', yes: x('a\ufdd0xb', '\ufdd1', ['q', 'c\ufdd2d']), no: x('a', 'b', 'c', ['c', 'd'], '') },
  // Numbers, booleans
  { name: 'R8: integers without point or exponent', detection: "sel:\n    x: [5, '-7', 1000000000000000000000]", yes: x(5, 5.0, '5', -7, 1e21), no: x('05', '5.0', 50, '1e21', '-07') },
  { name: 'R8: other doubles as ECMAScript prints them', detection: 'sel:\n    x: [0.1, 1.0e-7, 123.456]', yes: x(0.1, 1e-7, 123.456, '0.1', '1e-7'), no: x('0.10', 0.11, '.1') },
  { name: 'R8: minus zero is zero', detection: 'sel:\n    x: 0', yes: x(0, -0, '0'), no: x('-0', '') , only: 'documents' },
  { name: 'R8: integers beyond 2^53 are exact', detection: 'sel:\n    x: 9007199254740993', yes: x(9007199254740993n, '9007199254740993'), no: x(9007199254740992n, '9007199254740992'), only: 'documents' },
  { name: 'R8: wildcards and expressions on numbers', detection: "sel:\n    x: '1?3*'\n  re:\n    x|re: '^[0-9]+$'\n  condition: sel and re", yes: x(1234, 123), no: x(1.3, 12, 321) },
  { name: 'R9: a boolean is its text, never a number', detection: "sel:\n    x: [true, 'False']", yes: x(true, 'TRUE', 'true', false), no: x(1, 0, '1', 'yes') },
  { name: 'R10: integers beyond 64 bit are exact', detection: 'sel:\n    x|gt: 9007199254740992\n    x|lte: 18446744073709551616', yes: x('9007199254740993', '18446744073709551616', '18446744073709551615'), no: x('9007199254740992', '18446744073709551617', '-9007199254740993') },
  { name: 'R10: integers of documents beyond 2^53', detection: 'sel:\n    x|gte: 9007199254740993', yes: x(9007199254740993n, 2n ** 100n), no: x(9007199254740992n, -(2n ** 70n)), only: 'documents' },
  { name: 'R10: decimals and exponents, signs', detection: 'sel:\n    x|lt: -0.5', yes: x(-1, -0.75, '-1e0', '-00.6', '-5E-1e'.slice(0, 2)), no: x(-0.5, 0, '0.6', '-.6', '- 1', '') },
  { name: 'R10: what is no number is false, and so not above', detection: 'sel:\n    x|gt: 5\n  condition: not sel', yes: x('abc', '5', true, '６', '6 ', '6\n', '0x9', '1,000', '+-7', 'NaN'), no: x('6', 6.5, '+7') },
  { name: 'R10: one comparison of several', detection: 'sel:\n    - x|lt: 1\n    - x|gte: 9', yes: x(0, 9, 10), no: x(1, 8.99) },
  // Keywords
  { name: 'R11: numbers and members of lists are values', detection: 'sel:\n    - 4711\n    - needle', yes: [{ x: 4711 }, { x: 'a4711b' }, { parameters: ['a', 'x Needle y'] }, { x: [['deep NEEDLE']] }], no: [{ x: 471 }, { x: 'need', y: 'le' }] },
  { name: 'R11: nested values are values, names of fields are not', detection: 'keywords:\n    - secret\n  condition: keywords', yes: [{ a: { b: [{ c: 'a secret b' }] } }], no: [{ secret: 'x' }, { a: { secret: 1 } }], only: 'documents' },
  { name: 'R11: wildcards stay within a value', detection: "sel:\n    - 'al?ha*beta'", yes: [{ hint: 'x alpha y BETA z' }], no: [{ user: 'alpha', hint: 'beta' }, { hint: 'alha beta' }] },
  { name: 'R11: words that begin or end with a wildcard', detection: "sel:\n    - '*.exe'\n    - 'cmd?'", yes: [{ hint: 'a.EXE b' }, { hint: 'cmd1' }], no: [{ hint: 'cmd' }, { hint: 'exe' }] },
  { name: 'R11: expressions as keywords, each value by itself', detection: "sel:\n    '|re': '^ab+$'", yes: [{ user: 'x', hint: 'abb' }], no: [{ user: 'xabb' }, { user: 'a', hint: 'b' }] },
  { name: 'R11: keywords with case', detection: "sel:\n    '|cased':\n      - Drop", yes: [{ hint: 'a Drop b' }], no: [{ hint: 'DROP' }] },
  { name: 'R11: an event without values has no word', detection: "sel:\n    - '*'\n  condition: not sel", yes: [{}, { x: null }, { x: [] }], no: x('', 'a', 0), only: 'documents' },
  { name: 'R11: what stands between joined values is no character of theirs', detection: 'sel:\n    - "a\\x1fb"\n    - cd', yes: [{ hint: 'xa\x1fby' }], no: [{ user: 'a', hint: 'b' }, { user: 'c', hint: 'd' }, { hint: 'c\x1fd' }] },
  { name: 'R11: keywords beside fields', detection: "sel:\n    '|all': [one, two]\n    user: eve", yes: [{ user: 'EVE', hint: 'one two' }], no: [{ user: 'eve', hint: 'one' }, { user: 'bob', hint: 'one two' }] },
  { name: 'V1: maps and words in one list', detection: 'sel:\n    - needle\n    - user: eve', yes: [{ hint: 'a needle' }, { user: 'eve' }], no: [{ user: 'bob' }] },
  // Expressions
  { name: 'R12: classes are ASCII, \\b too', detection: "sel:\n    user|re: '^\\d\\w\\b'", yes: user('1a', '1a é'), no: user('١a', '1é', 'a1') },
  { name: 'R12: $ is the end, before no line break', detection: "sel:\n    user|re: 'a$'", yes: user('a', 'ba', '\na'), no: user('a\n', 'ab') },
  { name: 'R12: m and i and s apart', detection: "one:\n    user|re|m: '^b$'\n  two:\n    user|re|i: 'ſK'\n  three:\n    user|re|s: 'x.y'\n  condition: 1 of them", yes: user('a\nb\nc', 'sk', 'S\u212a', 'x\ny'), no: user('ab', 'B', 'xy', 's k') },
  { name: 'R12: flags within, named groups, repetition', detection: "sel:\n    user|re: '(?i)q(?P<n>u{2,3})(?-i:E)'", yes: user('QUUE', 'xquuuEx'), no: user('que', 'quue') },
  { name: 'R12: a list is one of them, with all each of them', detection: "sel:\n    user|re: ['^a', 'z$']\n  every:\n    hint|re|all: ['^a', 'z$']\n  condition: sel and every", yes: [{ user: 'ab', hint: 'axz' }], no: [{ user: 'ab', hint: 'ax' }, { user: 'b', hint: 'az' }] },
  { name: 'R12: neq with an expression', detection: "sel:\n    user|re|neq: '^a'", yes: [{ user: 'ba' }, { database: 'x' }], no: user('ab') },
  { name: 'R12: an expression holds its quotes and backslashes', detection: "sel:\n    user|re: '''\\\\\"\\[x\\]%_'''", yes: user(`a'\\"[x]%_'b`), no: user(`'"[x]%_'`) },
  { name: 'R12: contains beside an expression changes nothing', detection: "sel:\n    user|re|contains: 'x|y'", yes: user('axb', 'y'), no: user('z') },
  // Networks
  { name: 'R13: neq, lists and values that are several', detection: 'sel:\n    x|cidr|neq: [10.0.0.0/8, 192.168.0.0/16]', yes: x('11.0.0.1', 'text', ['1.1.1.1', '2.2.2.2']), no: x('10.1.1.1', ['1.1.1.1', '192.168.3.4']) },
  { name: 'R13: a network of mapped addresses holds IPv4', detection: "sel:\n    client_ip|cidr: '::ffff:10.0.0.0/104'", yes: ip('10.1.2.3', '::ffff:a01:203'), no: ip('11.0.0.1', '::a01:203') },
  { name: 'R13: all of IPv4', detection: 'sel:\n    client_ip|cidr: 0.0.0.0/0', yes: ip('0.0.0.0', '255.255.255.255', '::ffff:1.2.3.4'), no: ip('::1', '1.2.3', '1.2.3.4.5', '1.2.3.04', '1.2.3.-4', '1.2.3.4/32', '１.2.3.4', '1.2.3.4 ', '256.1.1.1') },
  { name: 'R13: brackets and zones', detection: "sel:\n    client_ip|cidr: 'fe80::/10'", yes: ip('[fe80::1]', 'fe80::1%eth0', '[FEBF::1%25en0]'), no: ip('[fe80::1', 'fe80::1]:80', 'fec0::1', 'fe80:::1', 'fe80::1::2', '1:2:3:4:5:6:7:8:9', ':fe80::1', 'fe80::12345') },
  // Times
  { name: 'R14: the instant in a zone', detection: 'sel:\n    time|hour: 1\n    time|day: 1\n    time|month: 1\n    time|year: 2027', zone: 'Europe/Berlin', yes: [{ time: '2027-01-01T00:30:00Z' }], no: [{ time: '2027-01-01T01:30:00Z' }, { time: '2026-12-31T23:30:00Z' }] },
  { name: 'R14: summer time', detection: 'sel:\n    time|hour: 2\n    time|minute: [0, 59]', zone: 'America/New_York', yes: [{ time: '2026-07-01T06:00:00Z' }, { time: '2026-01-01T07:59:59Z' }], no: [{ time: '2026-07-01T07:00:00Z' }, { time: '2026-01-01T07:30:00Z' }] },
  { name: 'R14: zones off the hour', detection: 'sel:\n    time|minute: 15\n    time|hour: 5', zone: 'Asia/Kathmandu', yes: [{ time: '2026-05-05T23:30:00Z' }], no: [{ time: '2026-05-05T23:15:00Z' }] },
  { name: 'R14: texts with an offset are shown in the zone, others are in it already', detection: 'sel:\n    started|hour: 12', zone: 'Europe/Berlin', yes: [{ started: '2026-07-01T10:00:00Z' }, { started: '2026-07-01T12:00:00' }, { started: '2026-07-01 05:00:00-0500' }, { started: '2026-07-01T18:30+0830' }], no: [{ started: '2026-07-01T12:00:00Z' }, { started: '2026-07-01T10:00:00' }] },
  { name: 'R14: texts that are no time', detection: 'sel:\n    started|year|gte: 1', yes: [{ started: '2026-02-28' }, { started: '2024-02-29T23:59:59.999999999Z' }, { started: '2026-01-01T00:00:00,5' }], no: [{ started: '2026-02-30' }, { started: '2026-13-01' }, { started: '2026-1-1' }, { started: '2026-01-01T24:00:00' }, { started: '2026-01-01T10:60:00Z' }, { started: '2026-01-01T10' }, { started: ' 2026-01-01' }, { started: 'infinity' }, { started: '01/02/2026' }, { started: '20260101' }] },
  { name: 'R14: weeks of ISO 8601 over the turn of the year', detection: 'sel:\n    time|week: [1, 53]', yes: [{ time: '2025-12-29T00:00:00Z' }, { time: '2021-01-03T23:59:59Z' }, { time: '2024-12-30T12:00:00Z' }, { time: '2026-12-28T00:00:00Z' }], no: [{ time: '2025-12-28T12:00:00Z' }, { time: '2021-01-11T00:00:00Z' }, { time: '2022-01-10T00:00:00Z' }] },
  { name: 'R14: parts with comparisons', detection: 'sel:\n    time|hour|lt: 6\n  late:\n    time|hour|gte: 22\n  month:\n    time|month|lte: 2\n  condition: (sel or late) and month', yes: [{ time: '2026-02-28T05:59:59Z' }, { time: '2026-01-01T22:00:00Z' }], no: [{ time: '2026-02-28T06:00:00Z' }, { time: '2026-03-01T23:00:00Z' }] },
  { name: 'R14: numbers that count time in a field of the event\'s time', detection: "sel:\n    '@timestamp|hour': 10", yes: [{ '@timestamp': 1767607200 }, { '@timestamp': 1767607200000 }, { '@timestamp': '1767607200000000' }], no: [{ '@timestamp': 1767610800 }, { '@timestamp': 10 }], only: 'documents' },
  { name: 'R14: before 1970', detection: 'sel:\n    started|year: 1969\n    started|minute: 59', yes: [{ started: '1969-12-31T23:59:59.5Z' }], no: [{ started: '1970-01-01T00:59:00Z' }] },
  // Fields that refer to others
  { name: 'R15: numbers and texts by their text', detection: 'sel:\n    x|fieldref: y', yes: [{ x: 5, y: '5' }, { x: 5.0, y: 5 }, { x: true, y: 'TRUE' }, { x: '', y: '' }], no: [{ x: 5, y: '5.0' }, { x: '', y: null }, { x: 'a' }, { y: 'a' }] },
  { name: 'R15: any member of either', detection: 'sel:\n    x|fieldref: y', yes: [{ x: ['a', 'B'], y: ['c', 'b'] }, { x: ['a', 'b'], y: 'A' }, { x: 'a', y: ['b', 'a'] }], no: [{ x: ['a'], y: ['b'] }, { x: [], y: [] }] },
  { name: 'R15: affixes, case and neq', detection: 'one:\n    x|fieldref|contains: y\n  two:\n    x|fieldref|endswith|cased: z\n  three:\n    x|fieldref|neq: w\n  condition: one and two and three', yes: [{ x: 'abC', y: 'B', z: 'C' }, { x: 'abC', y: '', z: '', w: 'ab' }], no: [{ x: 'abC', y: 'B', z: 'c' }, { x: 'abC', y: 'B', z: 'C', w: 'ABC' }, { x: 'abC', z: 'C' }] },
  { name: 'R15: the other field is never a pattern', detection: 'sel:\n    x|fieldref|startswith: y', yes: [{ x: 'a%_*?b', y: 'A%_*?' }, { x: '[a]', y: '[A' }], no: [{ x: 'abc', y: 'a*' }, { x: 'abc', y: '?' }, { x: 'abc', y: 'a%' }, { x: 'a', y: 'ab' }] },
  // Lists
  { name: 'R16: nested lists are one', detection: 'sel:\n    x: c', yes: x(['a', ['b', ['C']]]), no: x(['a', ['b']], [[[]]]), only: 'documents' },
  { name: 'R16: numbers and booleans in lists', detection: 'sel:\n    x: [5, true]', yes: x([1, 5.0], ['5'], [true]), no: x([50, 1], ['05']) },
  { name: 'R16: every kind of test looks at each member', detection: "re:\n    x|re: '^b'\n  net:\n    x|cidr: 10.0.0.0/8\n  number:\n    x|gt: 100\n  part:\n    x|hour: 5\n  condition: 1 of them", yes: x(['a', 'bc'], ['x', '10.1.1.1'], [1, 101], ['2026-01-01', '2026-01-01T05:00:00Z']), no: x(['a'], ['11.0.0.1'], [1, 100], ['2026-01-01T06:00:00Z']) },
  { name: 'R16: all values, each in some member, with wildcards', detection: "sel:\n    x|contains|all: [a, b]", yes: x(['xa', 'yb'], ['ab'], 'ab'), no: x(['xa', 'ya'], 'a') },
  { name: 'R16: paths walk through lists of objects', detection: 'sel:\n    a.b.c: z', yes: [{ a: [{ b: { c: 'y' } }, { b: [{ c: 'Z' }] }] }, { a: { b: { c: ['q', 'z'] } } }], no: [{ a: [{ b: 'z' }] }, { a: { b: { d: 'z' } } }, { a: 'z' }], only: 'documents' },
  // Names
  { name: 'R18: the literal key before the path', detection: 'sel:\n    a.b: literal', yes: [{ 'a.b': 'literal', a: { b: 'path' } }, { a: { b: 'literal' } }], no: [{ 'a.b': 'path', a: { b: 'literal' } }], only: 'documents' },
  { name: 'R18: exact names before names in another case', detection: 'sel:\n    User: right', yes: [{ User: 'right', user: 'wrong', USER: 'wrong' }, { USER: 'right' }, { user: 'right' }], no: [{ User: 'wrong', user: 'right' }], only: 'documents' },
  { name: 'R18: a name without value is no name', detection: 'sel:\n    User: right', yes: [{ User: null, user: 'right' }, { User: [], user: 'right' }], no: [{ User: '', user: 'right' }], only: 'documents' },
  { name: 'R18: steps of a path in another case, and keys with dots on the way', detection: 'sel:\n    Event.Data.Name: z', yes: [{ event: { data: { NAME: 'z' } } }, { 'event.data': { name: 'z' } }, { event: { 'Data.Name': 'z' } }], no: [{ event: { dat: { name: 'z' } } }], only: 'documents' },
  { name: 'R18: odd names are names', detection: `sel:\n    "it's \\"a\\" \`b\`; DROP [x] ö": z`, yes: [{ 'it\'s "a" `b`; DROP [x] ö': 'z' }, { 'IT\'S "A" `B`; drop [X] Ö': 'Z' }], no: [{ its: 'z' }], only: 'documents' },
  { name: 'R18: names that objects have by nature', detection: 'sel:\n    constructor: null\n    toString: null\n    length: null', yes: [{ user: 'a' }, { user: ['a'] }], no: [{ constructor: 'x' }, { length: 1 }], only: 'documents' },
  { name: 'R19: fields that no data has, under every test', detection: "sel:\n    colour|contains: red\n  other:\n    shade|fieldref: colour\n  third:\n    tint|cidr: 10.0.0.0/8\n  condition: not sel and not other and not third", yes: [{ user: 'a' }], no: [] },
  // Encodings
  { name: 'R20: Base64 is found whatever its case, unless cased', detection: "sel:\n    statement|base64: 'DROP x'\n  cased:\n    hint|base64|cased: 'DROP x'\n  condition: sel or cased", yes: [{ statement: b64('DROP x') }, { statement: b64('DROP x').toLowerCase() }, { hint: b64('DROP x') }], no: [{ hint: b64('DROP x').toLowerCase() }, { statement: `${b64('DROP x')}=` }] },
  { name: 'base64 of the plain text of escapes', detection: "sel:\n    statement|base64|contains: 'a\\*b'", yes: [{ statement: `x${b64('a*b')}y` }], no: [{ statement: b64('a\\*b') }] },
  { name: 'base64 twice', detection: 'sel:\n    statement|base64|base64: abc', yes: [{ statement: b64(b64('abc')) }], no: [{ statement: b64('abc') }] },
  { name: 'base64offset cuts by bytes', detection: 'sel:\n    statement|base64offset|contains: Zürich', yes: ['Zürich', 'aZürich', 'abZürichc', 'äZürichö'].map((text) => ({ statement: b64(text) })), no: [{ statement: b64('Zurich') }, { statement: b64('Züric') }] },
  { name: 'utf16le is wide', detection: 'one:\n    statement|utf16le|base64: ab\n  two:\n    hint|wide|base64offset|contains: abc\n  condition: 1 of them', yes: [{ statement: b64('ab', 'utf16le') }, { hint: b64('xabcx', 'utf16le') }], no: [{ statement: b64('ab') }, { hint: b64('abc') }] },
  { name: 'utf16be, and utf16 with its mark', detection: 'one:\n    statement|utf16be|base64: aö\n  two:\n    hint|utf16|base64: aö\n  condition: 1 of them', yes: [{ statement: Buffer.from('aö', 'utf16le').swap16().toString('base64') }, { hint: b64('\ufeffaö', 'utf16le') }], no: [{ statement: b64('aö', 'utf16le') }, { hint: b64('aö', 'utf16le') }] },
  { name: 'windash: any dash at the start of a word, and nowhere else', detection: "sel:\n    user|windash: '/a b-c -d'", yes: user('-a b-c /d', '–a b-c —d', '\u2015a B-C -D'), no: user('/a b/c -d', '~a b-c -d', 'a b-c -d') },
  { name: 'windash with contains and all', detection: "sel:\n    user|windash|contains|all: [' -x', ' /y']", yes: user('a /x –y', ' -y —x'), no: user('a /x', 'a x y') },
  { name: 'windash with brackets and question marks beside', detection: "sel:\n    user|windash: '-[a]?*'", yes: user('/[A]z', '-[a]zz'), no: user('-az', '/[a]') },
  { name: 'P1: placeholders of an estate, with their wildcards', detection: "sel:\n    user|expand: '%service_accounts%'", estate: { service_accounts: ['app_*', 'cron'] }, yes: user('APP_1', 'cron'), no: user('app', 'xcron', '%service_accounts%') },
  { name: 'P1: placeholders within a value and with contains', detection: "sel:\n    user|expand|contains: 'x%service_accounts%y'", estate: { service_accounts: ['1', '2'] }, yes: user('ax1yb', 'X2Y'), no: user('x1', 'x3y') },
  { name: 'P1: without expand a placeholder is text', detection: "sel:\n    user: '%service_accounts%'", estate: { service_accounts: ['a'] }, yes: user('%SERVICE_accounts%'), no: user('a') },
  // Modifiers of lists
  { name: 'all over equal values is each of them', detection: 'sel:\n    user|all: [a, A]', yes: user('a'), no: user('b') },
  { name: 'neq|all is not all of them', detection: 'sel:\n    x|neq|all: [a, b]', yes: [{ user: 'x' }, ...x('a', ['a'])], no: x(['a', 'b']) },
  { name: 'contains, startswith and endswith of numbers', detection: 'one:\n    x|contains: 42\n  two:\n    x|endswith: 7\n  condition: one and two', yes: x(4217, '427'), no: x(42, 17) },
  { name: 'startswith and endswith together contain', detection: 'sel:\n    user|startswith|endswith: ab', yes: user('xaby', 'ab'), no: user('ba') },
  { name: 'long lists of values', detection: `sel:\n    user|contains: [${Array.from({ length: 1500 }, (_, i) => `q${i}q`).join(', ')}]`, yes: user('xQ1499Qx', 'q7q'), no: user('q1500q', 'q') },
  { name: 'long lists of equal texts', detection: `sel:\n    user: [${Array.from({ length: 2500 }, (_, i) => `q${i}`).join(', ')}]`, yes: user('Q2499', 'q0'), no: user('q2500') },
  // Conditions
  { name: 'C5: names that begin with _ are no part of them', detection: 'sel:\n    user: a\n  _hidden:\n    user: b\n  condition: 1 of them', yes: user('a'), no: user('b') },
  { name: 'precedence: not before and before or', detection: 'a:\n    user: a\n  b:\n    database: b\n  c:\n    hint: c\n  condition: a or not b and c', yes: [{ user: 'a', database: 'b' }, { hint: 'c' }], no: [{ database: 'b', hint: 'c' }, { user: 'x' }] },
  { name: 'all of them', detection: 'a:\n    user: a\n  b:\n    database: b\n  condition: all of them', yes: [{ user: 'a', database: 'b' }], no: [{ user: 'a' }, { database: 'b' }] },
  { name: 'R21: a list of conditions is one match an event', detection: 'a:\n    user: a\n  b:\n    database: b\n  condition:\n    - a\n    - b', yes: [{ user: 'a', database: 'b' }, { database: 'b' }], no: [{ user: 'b' }] },
  { name: 'R22: hostile values in every kind of test', detection: `sel:\n    - user|contains: "'; DROP TABLE document; --"\n    - user|re: "'\\\\)\\\\)--"\n    - user|fieldref|startswith: "h'\\"int"`, yes: [...user("x'; drop table document; --y", "'))--"), { user: 'abc', "h'\"int": 'AB' }], no: user('abc') },
];

/** Detections that say what cannot be meant: the problem's code, and what stands below `detection:`. */
export const REFUSED: readonly (readonly [code: string, detection: string])[] = [
  // M1: two tests of one value
  ['sigma/modifier-contradiction', 'sel:\n    x|re|cidr: 10.0.0.0/8'],
  ['sigma/modifier-contradiction', 'sel:\n    x|exists|gt: 1'],
  ['sigma/modifier-contradiction', 'sel:\n    x|lt|gt: 1'],
  ['sigma/modifier-contradiction', 'sel:\n    x|hour|minute: 1'],
  ['sigma/modifier-contradiction', 'sel:\n    x|fieldref|re: y'],
  ['sigma/modifier-contradiction', 'sel:\n    x|contains|cidr: 10.0.0.0/8'],
  ['sigma/modifier-contradiction', 'sel:\n    x|startswith|exists: true'],
  ['sigma/modifier-contradiction', 'sel:\n    x|endswith|gte: 5'],
  ['sigma/modifier-contradiction', 'sel:\n    x|windash|hour: 5'],
  ['sigma/modifier-contradiction', "sel:\n    x|expand|cidr: '%a%'"],
  ['sigma/modifier-contradiction', 'sel:\n    x|base64|base64offset|contains: abc'],
  ['sigma/modifier-contradiction', 'sel:\n    x|wide|utf16be|base64: abc'],
  ['sigma/modifier-contradiction', 'sel:\n    x|utf16|wide|base64: abc'],
  ['sigma/unknown-modifier', 'sel:\n    x|Contains: a'],
  ['sigma/regex-option-without-re', 'sel:\n    x|i: a'],
  ['sigma/regex', "sel:\n    x|re: '(?=a)b'"],
  ['sigma/regex', "sel:\n    x|re: '(a'"],
  ['sigma/cidr', 'sel:\n    x|cidr: 10.0.0.0/33'],
  ['sigma/exists-not-bool', "sel:\n    x|exists: 'true'"],
  ['sigma/quoted-number', "sel:\n    x|gt: '5'"],
  ['sigma/time-range', 'sel:\n    x|hour: 25'],
  ['sigma/time-range', 'sel:\n    x|week: 54'],
  ['sigma/encoded-wildcard', "sel:\n    x|base64: 'a*'"],
  ['sigma/encoding-without-base64', 'sel:\n    x|wide: abc'],
];
