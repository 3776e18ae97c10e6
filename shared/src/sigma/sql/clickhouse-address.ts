import { literal } from './clickhouse-quote.ts';
import type { Sql } from './dialect.ts';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const V4 = `${OCTET}(?:\\.${OCTET}){3}`;
const GROUP = '[0-9A-Fa-f]{1,4}';
const GROUPS = `(?:(?:${GROUP}:){0,6}${GROUP})?`;
const V6 = `(?:${GROUP}:){7}${GROUP}|${GROUPS}::${GROUPS}`;

/**
 * The address in `text` as 32 hexadecimal digits, so that a network is a range of texts; NULL where it is none (SIGMA
 * R13). Guarded by syntax, because `toIPv6OrNull` also takes `::` beside eight groups.
 */
export function address(text: Sql): Sql {
  const bare = `replaceRegexpOne(replaceRegexpOne(${text}, ${literal('^\\[((?-s:.*))\\]$')}, ${literal('\\1')}), '(?-s)%.*$', '')`;
  const four = `match(${bare}, ${literal(`^(?:${V4})$`)})`;
  // A dotted quad at the end stands for two groups.
  const groups = `replaceRegexpOne(${bare}, ${literal(`:${V4}$`)}, ':0:0')`;
  const count = `countMatches(${groups}, ${literal(GROUP)}) <= if(position(${groups}, '::') > 0, 7, 8)`;
  const six = `match(${groups}, ${literal(`^(?:${V6})$`)}) AND ${count}`;
  return `if(${four} OR (${six}), lower(hex(toIPv6OrNull(${bare}))), NULL)`;
}
