import type { SqlDialect } from './dialect.ts';
import { mysql } from './mysql.ts';
import { postgresql } from './postgresql.ts';

/** Every dialect that is understood. */
export const DIALECTS = [postgresql, mysql] as const satisfies readonly SqlDialect[];
