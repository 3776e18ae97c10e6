const SPECIAL: Readonly<Record<string, string>> = {
  MATVIEW: 'materialized view',
  FDW: 'foreign data wrapper',
  FOREIGN_SERVER: 'server',
  OPCLASS: 'operator class',
  OPFAMILY: 'operator family',
  TSCONFIGURATION: 'text search configuration',
  TSDICTIONARY: 'text search dictionary',
  TSPARSER: 'text search parser',
  TSTEMPLATE: 'text search template',
  TABCONSTRAINT: 'constraint',
  DOMCONSTRAINT: 'constraint',
  STATISTIC_EXT: 'statistics',
  LARGEOBJECT: 'large object',
};

/** libpg-query's `OBJECT_FOREIGN_TABLE` as SQL writes it, in lower case: `foreign table`. */
export function objectType(code: string): string {
  const name = code.replace('OBJECT_', '');
  return SPECIAL[name] ?? name.toLowerCase().replaceAll('_', ' ');
}
