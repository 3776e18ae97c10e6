import type { Database } from '../db/database.ts';
import type { Condition } from './filter-sql.ts';
import { SharedWork } from './shared-work.ts';

/** Row ids of events in an in-memory table, in column `record_row`; its own row ids are the positions. */
export interface RowTable {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
}

/** What the tables of a case may take together in DuckDB's memory; beyond, those not used for longest are dropped. */
const MAX_BYTES = 240_000_000;
const MAX_TABLES = 24;
/** Tables used last are kept whatever their size: a question may be on its way to them. */
const ALWAYS_KEPT = 3;

/** In-memory tables of row ids by what they hold, made once however many ask. */
export class RowTables {
  readonly #database: Database;
  /** In order of last use. */
  readonly #made = new Map<string, { readonly work: SharedWork<RowTable>; table?: RowTable }>();
  #next = 1;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The table of `key`, made of the rows that `select` gives when it is not there; `width`: bytes a row. */
  async get(key: string, select: Condition, width: number, signal?: AbortSignal): Promise<RowTable> {
    let entry = this.#made.get(key);
    if (entry === undefined || entry.work.abandoned) {
      const work = new SharedWork((all) => this.#make(select, width, all));
      entry = { work };
    }
    const known = entry;
    this.#made.delete(key);
    this.#made.set(key, known);
    try {
      known.table = await known.work.wait(signal);
    } catch (error) {
      if (signal?.aborted !== true && this.#made.get(key) === known) this.#made.delete(key);
      throw error;
    }
    await this.#evict();
    return known.table;
  }

  /** The table of `key` where it is there. */
  made(key: string): RowTable | undefined {
    const known = this.#made.get(key);
    if (known?.table === undefined) return undefined;
    this.#made.delete(key);
    this.#made.set(key, known);
    return known.table;
  }

  /** Whether a table is still there. */
  has(name: string): boolean {
    return [...this.#made.values()].some(({ table }) => table?.name === name);
  }

  /** Forgets all of them: the events have changed. */
  async clear(): Promise<void> {
    const tables = [...this.#made.values()].flatMap(({ table }) => (table === undefined ? [] : [table]));
    this.#made.clear();
    for (const table of tables) await this.#drop(table);
  }

  async #make({ sql, params }: Condition, width: number, signal: AbortSignal): Promise<RowTable> {
    const name = `memory.main.rows_${this.#next++}`;
    await this.#database.run('view', `CREATE TABLE ${name} AS ${sql}`, params, signal);
    const [row] = await this.#database.all('view', `SELECT count(*)::DOUBLE AS rows FROM ${name}`);
    const rows = Number(row?.rows ?? 0);
    return { name, rows, bytes: rows * width };
  }

  async #evict(): Promise<void> {
    let bytes = 0;
    let kept = 0;
    for (const [key, { table }] of [...this.#made].reverse()) {
      if (table === undefined) continue;
      bytes += table.bytes;
      kept += 1;
      if (kept <= ALWAYS_KEPT || (kept <= MAX_TABLES && bytes <= MAX_BYTES)) continue;
      this.#made.delete(key);
      await this.#drop(table);
    }
  }

  #drop({ name }: RowTable): Promise<void> {
    return this.#database.run('view', `DROP TABLE IF EXISTS ${name}`);
  }
}
