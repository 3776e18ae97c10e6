/** What a line of server_audit consists of (FORMATS.md 13). Texts as written, escapes kept. */
export interface ServerAuditLine {
  readonly serverHost: string;
  readonly user: string;
  readonly host: string;
  readonly connectionId: string;
  readonly queryId: string;
  readonly operation: Operation;
  readonly database: string;
  /** Of a QUERY: the text between its quotes. */
  readonly object: string;
  /** Empty for table events. */
  readonly retcode: string;
  /** Another split would do too: a name holds text that looks like the middle of a record. */
  readonly ambiguous: boolean;
}

export const OPERATIONS = [
  'CONNECT',
  'DISCONNECT',
  'FAILED_CONNECT',
  'CHANGEUSER',
  'PROXY_CONNECT',
  'QUERY',
  'READ',
  'WRITE',
  'CREATE',
  'ALTER',
  'RENAME',
  'DROP',
] as const;

export type Operation = (typeof OPERATIONS)[number];

const KNOWN: ReadonlySet<string> = new Set(OPERATIONS);
const TABLE: ReadonlySet<string> = new Set(['READ', 'WRITE', 'CREATE', 'ALTER', 'RENAME', 'DROP']);
/** Anchors tried on one line: a hostile text may hold thousands of look-alikes. */
const MOST_ANCHORS = 16;

/**
 * Splits the part of a line behind its time stamp. Nothing but the object of a QUERY is quoted and no name is
 * escaped, so the split hangs on the anchor `,<digits>,<digits>,<OPERATION>,` and on what may stand left and right of
 * it. `at` is the position behind the comma that follows the stamp; `to` the end of the line. Undefined where no
 * anchor fits.
 */
export function serverAuditLine(s: string, at: number, to: number): ServerAuditLine | undefined {
  let first: ServerAuditLine | undefined;
  let last: ServerAuditLine | undefined;
  let from = at;
  for (let tried = 0; tried < MOST_ANCHORS; tried++) {
    const anchor = nextAnchor(s, from, to);
    if (anchor === undefined) break;
    const line = split(s, at, to, anchor);
    if (line !== undefined) {
      first ??= line;
      last = line;
      // The text of a query may hold anything: behind a fitting QUERY anchor all else is text.
      if (line.operation === 'QUERY') break;
    }
    from = anchor.operationFrom;
  }
  if (first === undefined || last === undefined) return undefined;
  if (first === last) return first;
  // A name imitates a record. Users are free text before any login, so the anchor nearest the end is the server's.
  return { ...last, ambiguous: true };
}

interface Anchor {
  /** Position of the comma before the connection id. */
  readonly at: number;
  readonly queryFrom: number;
  readonly operationFrom: number;
  readonly operationTo: number;
}

function nextAnchor(s: string, from: number, to: number): Anchor | undefined {
  for (let at = s.indexOf(',', from); at !== -1 && at < to; at = s.indexOf(',', at + 1)) {
    const idTo = digitsEnd(s, at + 1);
    if (idTo === at + 1 || s.charCodeAt(idTo) !== COMMA) continue;
    const queryTo = digitsEnd(s, idTo + 1);
    if (queryTo === idTo + 1 || s.charCodeAt(queryTo) !== COMMA) continue;
    const operationTo = s.indexOf(',', queryTo + 1);
    if (operationTo === -1 || operationTo > to || operationTo - queryTo > 16) continue;
    if (!KNOWN.has(s.slice(queryTo + 1, operationTo))) continue;
    return { at, queryFrom: idTo + 1, operationFrom: queryTo + 1, operationTo };
  }
  return undefined;
}

function split(s: string, from: number, to: number, anchor: Anchor): ServerAuditLine | undefined {
  // Left of the anchor `serverhost,username,host`: hosts have no commas, so the user is what is left between.
  const serverTo = s.indexOf(',', from);
  const hostFrom = s.lastIndexOf(',', anchor.at - 1) + 1;
  if (serverTo === -1 || serverTo >= anchor.at || hostFrom <= serverTo + 1) return undefined;
  const operation = s.slice(anchor.operationFrom, anchor.operationTo) as Operation;
  const right = rightOf(s, anchor.operationTo + 1, to, operation);
  if (right === undefined) return undefined;
  return {
    serverHost: s.slice(from, serverTo),
    user: s.slice(serverTo + 1, hostFrom - 1),
    host: s.slice(hostFrom, anchor.at),
    connectionId: s.slice(anchor.at + 1, anchor.queryFrom - 1),
    queryId: s.slice(anchor.queryFrom, anchor.operationFrom - 1),
    operation,
    database: right.database,
    object: right.object,
    retcode: right.retcode,
    ambiguous: false,
  };
}

interface Right {
  readonly database: string;
  readonly object: string;
  readonly retcode: string;
}

/** Right of the anchor: `database,object,retcode`. */
function rightOf(s: string, from: number, to: number, operation: Operation): Right | undefined {
  if (operation === 'QUERY') return queryOf(s, from, to);
  const retFrom = s.lastIndexOf(',', to - 1) + 1;
  if (retFrom <= from || digitsEnd(s, retFrom) < to) return undefined;
  const retcode = s.slice(retFrom, to);
  if (TABLE.has(operation)) {
    const databaseTo = s.indexOf(',', from);
    if (databaseTo >= retFrom - 1) return undefined;
    return { database: s.slice(from, databaseTo), object: s.slice(databaseTo + 1, retFrom - 1), retcode };
  }
  // A connection's database may hold commas, its object (the TLS version) does not.
  const objectFrom = s.lastIndexOf(',', retFrom - 2) + 1;
  if (retcode === '' || objectFrom <= from) return undefined;
  return { database: s.slice(from, objectFrom - 1), object: s.slice(objectFrom, retFrom - 1), retcode };
}

function queryOf(s: string, from: number, to: number): Right | undefined {
  const open = s.indexOf(",'", from);
  const close = s.lastIndexOf("',", to);
  if (open === -1 || close < open + 2) return undefined;
  const retTo = digitsEnd(s, close + 2);
  if (retTo === close + 2) return undefined;
  // RDS for MySQL appends an empty or numeric connection type (FORMATS.md 16).
  if (retTo < to && !/^,\d?,?$/.test(s.slice(retTo, to))) return undefined;
  return {
    database: s.slice(from, open),
    object: s.slice(open + 2, close),
    retcode: s.slice(close + 2, retTo),
  };
}

const COMMA = 44;

function digitsEnd(s: string, at: number): number {
  let end = at;
  for (let c = s.charCodeAt(end); c >= 48 && c <= 57; c = s.charCodeAt(end)) end++;
  return end;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "'",
  '\\': '\\',
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
};

/** The statement as it was sent: `\'` `\\` `\n` `\r` `\t` (and `\b` `\f` on RDS) undone, other pairs kept whole. */
export function unescapeQuery(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\s\S])/g, (pair, c: string) => ESCAPES[c] ?? pair);
}
