import {
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBPreparedStatement,
  type DuckDBType,
  INTEGER,
  UINTEGER,
} from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import type { Database } from '../db/database.ts';
import { sqlName } from '../db/database.ts';
import { DICTIONARY_COLUMNS, NUMBER_COLUMNS } from './columns.ts';
import type { RowBatch } from './row-batch.ts';

/** Rows of one DuckDB vector. */
const CHUNK_ROWS = 2048;

const RECORD_TYPES: readonly DuckDBType[] = [
  INTEGER,
  INTEGER,
  ...NUMBER_COLUMNS.map(() => DOUBLE),
  ...DICTIONARY_COLUMNS.map(() => UINTEGER),
];

/** Stay open from batch to batch: closing an appender costs more than appending does. */
interface Inlets {
  readonly records: DuckDBAppender;
  readonly dictionary: DuckDBPreparedStatement;
  readonly statements: DuckDBPreparedStatement;
}

async function openInlets(connection: DuckDBConnection): Promise<Inlets> {
  return {
    records: await connection.createAppender('stage_record', 'main', 'stage'),
    dictionary: await connection.prepare(`INSERT INTO stage.main.stage_dictionary
      SELECT $1, unnest(d."column"), unnest(d.code), unnest(d.value)
      FROM (SELECT from_json($2, '{"column":["INTEGER"],"code":["UINTEGER"],"value":["VARCHAR"]}') AS d)`),
    statements: await connection.prepare(`INSERT INTO stage.main.stage_statement
      SELECT $1, s.id, $3 + s.row, s.text, s.dialect, s.truncated, s.facts.fingerprint, s.facts.class, s.facts.action, s.facts.objects,
        s.facts.columns, s.facts.flags, s.facts.statements, s.facts.parser, s.facts.confidence
      FROM (SELECT unnest(from_json($2, '[{"id":"INTEGER","row":"INTEGER","text":"VARCHAR","dialect":"VARCHAR","truncated":"BOOLEAN",
        "facts":{"fingerprint":"VARCHAR","class":"VARCHAR","action":"VARCHAR","objects":[{"type":"VARCHAR","name":"VARCHAR","access":"VARCHAR"}],
        "columns":["VARCHAR"],"flags":["VARCHAR"],"statements":"INTEGER","parser":"VARCHAR","confidence":"VARCHAR"}}]')) AS s)`),
  };
}

async function insert(
  statement: DuckDBPreparedStatement,
  slot: number,
  json: string | undefined,
  firstOrdinal?: number,
): Promise<void> {
  if (json === undefined) return;
  statement.bindInteger(1, slot);
  statement.bindVarchar(2, json);
  if (firstOrdinal !== undefined) statement.bindInteger(3, firstOrdinal);
  await statement.run();
}

/**
 * Where batches wait for the publish step: tables of a database in memory, whose blocks DuckDB moves to the case's temp
 * folder when they outgrow its memory: an import needs no more of it for a longer log. `slot` tells the exhibits of one import apart before they have their numbers.
 */
export class Stage {
  readonly #database: Database;
  #inlets: Inlets | undefined;
  /** The stage's own slots: one for each part of each exhibit. */
  readonly #parts = new Map<number, Map<number, number>>();
  #slots = 0;

  private constructor(database: Database) {
    this.#database = database;
  }

  static async create(database: Database): Promise<Stage> {
    const stage = new Stage(database);
    await stage.drop();
    await createStageTables(database);
    return stage;
  }

  /** Stores one batch of the exhibit that is read in `slot`. */
  append(slot: number, batch: RowBatch): Promise<void> {
    return this.#database.use('import', async (connection) => {
      this.#inlets ??= await openInlets(connection);
      const { records, dictionary, statements } = this.#inlets;
      const own = this.#slotOf(slot, batch.part);
      appendRecords(records, own, batch);
      await insert(dictionary, own, batch.dictionary);
      await insert(statements, own, batch.statements, batch.firstOrdinal);
    });
  }

  /** The slots that `publishTables` finds the exhibit of `slot` in. */
  slotsOf(slot: number): readonly number[] {
    return [...(this.#parts.get(slot)?.values() ?? [])];
  }

  #slotOf(slot: number, part: number): number {
    let parts = this.#parts.get(slot);
    if (parts === undefined) {
      parts = new Map();
      this.#parts.set(slot, parts);
    }
    let own = parts.get(part);
    if (own === undefined) {
      own = this.#slots++;
      parts.set(part, own);
    }
    return own;
  }

  /** Brings what is appended into the tables: before they are read. */
  flush(): Promise<void> {
    return this.#database.use('import', async () => {
      const inlets = this.#inlets;
      this.#inlets = undefined;
      if (inlets === undefined) return;
      inlets.records.closeSync();
      inlets.dictionary.destroySync();
      inlets.statements.destroySync();
    });
  }

  /** Forgets what a failed or cancelled exhibit has left. */
  async discard(slot: number): Promise<void> {
    await this.flush();
    for (const own of this.slotsOf(slot))
      for (const table of STAGE_TABLES.keys())
        await this.#database.run('import', `DELETE FROM stage.main.${table} WHERE slot = $1`, [own]);
    this.#parts.delete(slot);
  }

  async drop(): Promise<void> {
    await this.flush();
    for (const table of STAGE_TABLES.keys())
      await this.#database.run('import', `DROP TABLE IF EXISTS stage.main.${table}`);
  }
}

const STAGE_TABLES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'stage_record',
    [
      'slot INTEGER',
      'ordinal INTEGER',
      ...NUMBER_COLUMNS.map((field) => `${sqlName(field.name)} DOUBLE`),
      ...DICTIONARY_COLUMNS.map((name) => `${sqlName(name)} UINTEGER`),
    ],
  ],
  ['stage_dictionary', ['slot INTEGER', '"column" INTEGER', 'code UINTEGER', 'value VARCHAR']],
  [
    'stage_statement',
    [
      'slot INTEGER',
      'id INTEGER',
      'first_ordinal INTEGER',
      'text VARCHAR',
      'dialect VARCHAR',
      'truncated BOOLEAN',
      'fingerprint VARCHAR',
      'class VARCHAR',
      'action VARCHAR',
      'objects STRUCT(type VARCHAR, name VARCHAR, access VARCHAR)[]',
      'columns VARCHAR[]',
      'flags VARCHAR[]',
      'statements INTEGER',
      'parser VARCHAR',
      'confidence VARCHAR',
    ],
  ],
]);

/** Makes the tables of the stage where they are missing: a publish that only changes offsets finds them empty. */
export async function createStageTables(database: Database): Promise<void> {
  for (const [table, columns] of STAGE_TABLES)
    await database.run('import', `CREATE TABLE IF NOT EXISTS stage.main.${table} (${columns.join(', ')})`);
}

function appendRecords(appender: DuckDBAppender, slot: number, batch: RowBatch): void {
  const chunk = DuckDBDataChunk.create(RECORD_TYPES);
  for (let from = 0; from < batch.rows; from += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, batch.rows - from);
    chunk.reset();
    chunk.rowCount = count;
    const slots = new Int32Array(count).fill(slot);
    const ordinals = Int32Array.from({ length: count }, (_, row) => batch.firstOrdinal + from + row);
    let column = 0;
    copy(chunk, column++, slots);
    copy(chunk, column++, ordinals);
    for (const values of batch.numbers) copy(chunk, column++, values.subarray(from, from + count));
    for (const values of batch.codes) copy(chunk, column++, values.subarray(from, from + count));
    appender.appendDataChunk(chunk);
  }
}

/**
 * Whole columns as one memory copy: the client's own setters go value by value, which costs more than everything else
 * that storing does (20 million values in a 200 MB log).
 */
function copy(
  chunk: DuckDBDataChunk,
  column: number,
  values: Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
): void {
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column);
  duckdb.copy_data_to_vector(vector, 0, values.buffer, values.byteOffset, values.byteLength);
}
