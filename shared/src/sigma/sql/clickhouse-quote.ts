import type { Sql } from './dialect.ts';

/** The one door through which a value gets into ClickHouse's SQL (SIGMA R22): a backslash escapes in its literals. */
export function literal(text: string): Sql {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
}

/** The same for a name. */
export function identifier(name: string): Sql {
  return `"${name.replace(/[\\"]/g, '\\$&').replaceAll('\0', '\\0')}"`;
}
