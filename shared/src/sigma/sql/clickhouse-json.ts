import { textOfNumber } from './clickhouse-number.ts';
import { literal } from './clickhouse-quote.ts';
import type { Sql } from './dialect.ts';

/** Values at a key: the literal key first, else the path that its dots name (SIGMA R18); arrays give their members. */
export function jsonMembers(json: Sql, key: string): Sql {
  const at = (path: readonly string[]) => `JSONExtractRaw(${filled(json)}, ${path.map(literal).join(', ')})`;
  const own = at([key]);
  const nested = at(key.split('.'));
  const raw = key.includes('.') ? `if(${own} IN ('', 'null'), ${nested}, ${own})` : own;
  const members = `if(startsWith(${raw}, '['), JSONExtractArrayRaw(${raw}), [${raw}])`;
  return textsOf(`arrayFilter(r -> r NOT IN ('', 'null'), ${members})`);
}

/** Every value at any depth, without the keys: what a colon follows. */
export function jsonTexts(json: Sql): Sql {
  const token = '("(?:[^"\\\\]|\\\\.)*"|-?[0-9][0-9.eE+-]*|true|false)\\s*(:?)';
  const tokens = `extractAllGroupsVertical(${filled(json)}, ${literal(token)})`;
  return textsOf(`arrayMap(t -> t[1], arrayFilter(t -> t[2] = '', ${tokens}))`);
}

/** No JSON function takes NULL and gives a list. */
function filled(json: Sql): Sql {
  return `coalesce(${json}, '')`;
}

/** Canonical texts (SIGMA R8) of pieces of JSON. */
function textsOf(pieces: Sql): Sql {
  const number = textOfNumber('toFloat64OrZero(r)');
  return `arrayMap(r -> multiIf(startsWith(r, '"'), JSONExtractString(r), match(r, '^-?[0-9]+[.eE]'), ${number}, r), ${pieces})`;
}
