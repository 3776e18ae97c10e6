import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

/** What the engine's one DuckDB instance may use. */
export interface DatabaseLimits {
  /** DuckDB's own memory, in MB; buffers of the import come on top. */
  readonly memoryMb: number;
  readonly threads: number;
  /** Spill folder, inside the case. */
  readonly tempDir: string;
  readonly maxTempGb: number;
  /** The only folder whose files SQL may reach: the case. */
  readonly allowedDir: string;
}

/**
 * A histogram must never delay scrolling, nor wait for the facets, a note never for an import, and none of them for an
 * analysis of the whole case (`scan`): one connection for each kind of work. Publishing has a second one (`publish`) beside
 * that of the import.
 */
export type Lane = (typeof LANES)[number];
const LANES = ['page', 'timeline', 'view', 'scan', 'stream', 'annotate', 'import', 'publish'] as const;

export type SqlParameter = DuckDBValue;
/** A row as DuckDB's client gives it, by column name. */
export type Row = Readonly<Record<string, DuckDBValue>>;

/** The engine's DuckDB instance: in memory, with the case's files attached, locked down (SECURITY §4). */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #connections: ReadonlyMap<Lane, DuckDBConnection>;
  /** Tail of the queue of each lane: a connection runs one statement at a time. */
  readonly #tails = new Map<Lane, Promise<unknown>>();

  private constructor(instance: DuckDBInstance, connections: ReadonlyMap<Lane, DuckDBConnection>) {
    this.#instance = instance;
    this.#connections = connections;
  }

  static async open(limits: DatabaseLimits): Promise<Database> {
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_unsigned_extensions: 'false',
      allow_persistent_secrets: 'false',
    });
    const connections = new Map<Lane, DuckDBConnection>();
    for (const lane of LANES) connections.set(lane, await instance.connect());
    const database = new Database(instance, connections);
    // The order matters: external access off before its exceptions are known fails, and nothing can be set after the lock.
    for (const statement of [
      `SET GLOBAL TimeZone='UTC'`,
      `SET GLOBAL memory_limit='${Math.floor(limits.memoryMb)}MB'`,
      `SET GLOBAL threads=${Math.floor(limits.threads)}`,
      `SET GLOBAL temp_directory=${sqlText(limits.tempDir)}`,
      `SET GLOBAL max_temp_directory_size='${Math.floor(limits.maxTempGb)}GB'`,
      `SET GLOBAL preserve_insertion_order=true`,
      `SET GLOBAL allowed_directories=[${sqlText(limits.allowedDir)}]`,
      'SET GLOBAL enable_external_access=false',
      'SET GLOBAL lock_configuration=true',
    ])
      await database.run('scan', statement);
    return database;
  }

  /** Runs `work` alone on the lane's connection; an aborted signal interrupts the statement that runs. */
  async use<T>(
    lane: Lane,
    work: (connection: DuckDBConnection) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const connection = this.#connections.get(lane);
    if (connection === undefined) throw new Error(`no lane ${lane}`);
    const before = this.#tails.get(lane) ?? Promise.resolve();
    const mine = before.then(async () => {
      signal?.throwIfAborted();
      const interrupt = () => connection.interrupt();
      signal?.addEventListener('abort', interrupt, { once: true });
      try {
        return await work(connection);
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', interrupt);
      }
    });
    this.#tails.set(
      lane,
      mine.catch(() => undefined),
    );
    return mine;
  }

  /** Runs one statement. */
  run(lane: Lane, sql: string, params: readonly SqlParameter[] = [], signal?: AbortSignal): Promise<void> {
    return this.use(lane, async (connection) => void (await connection.run(sql, [...params])), signal);
  }

  /**
   * The rows of one query a batch at a time, never all at once. The lane `stream` is taken until the last batch was read
   * or the reader stops, so that whoever reads may ask other questions meanwhile.
   */
  async *stream(
    sql: string,
    params: readonly SqlParameter[] = [],
    signal?: AbortSignal,
  ): AsyncGenerator<readonly Row[]> {
    const entered = deferred<DuckDBConnection>();
    const left = deferred<void>();
    const held = this.use(
      'stream',
      async (connection) => {
        entered.resolve(connection);
        await left.promise;
      },
      signal,
    );
    try {
      // A signal that is aborted while this waits for its turn fails `held` before the lane is entered.
      const connection = await Promise.race([entered.promise, held.then(() => entered.promise)]);
      const result = await connection.stream(sql, [...params]);
      for await (const rows of result.yieldRowObjects()) {
        signal?.throwIfAborted();
        yield rows;
      }
    } finally {
      left.resolve();
      await held;
    }
  }

  /** Every row of one query. 64-bit integers are bigint, lists DuckDB values: select as text what is only shown. */
  all(
    lane: Lane,
    sql: string,
    params: readonly SqlParameter[] = [],
    signal?: AbortSignal,
  ): Promise<readonly Row[]> {
    return this.use(
      lane,
      async (connection) => (await connection.runAndReadAll(sql, [...params])).getRowObjects(),
      signal,
    );
  }

  /** Every row of one query as arrays in column order. */
  rows(
    lane: Lane,
    sql: string,
    params: readonly SqlParameter[] = [],
    signal?: AbortSignal,
  ): Promise<readonly (readonly DuckDBValue[])[]> {
    return this.use(
      lane,
      async (connection) => (await connection.runAndReadAll(sql, [...params])).getRows(),
      signal,
    );
  }

  /** Waits until no lane runs anything, then runs `work` while nothing else can start: swapping the event file. */
  async alone<T>(work: (run: (sql: string) => Promise<void>) => Promise<T>): Promise<T> {
    const holders = LANES.map((lane) => this.#hold(lane));
    try {
      const [first] = await Promise.all(holders.map((holder) => holder.entered));
      return await work(async (sql) => void (await first?.run(sql)));
    } finally {
      for (const holder of holders) holder.leave();
      await Promise.all(holders.map((holder) => holder.done));
    }
  }

  /** Takes a lane until `leave` is called. */
  #hold(lane: Lane, signal?: AbortSignal) {
    const entered = deferred<DuckDBConnection>();
    const left = deferred<void>();
    const done = this.use(
      lane,
      async (connection) => {
        entered.resolve(connection);
        await left.promise;
      },
      signal,
    );
    // A lane that was never entered (cancelled while waiting) fails both.
    const failed = done.then(() => entered.promise);
    return {
      entered: Promise.race([entered.promise, failed]),
      leave: () => left.resolve(),
      done: done.catch(() => undefined),
    };
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.closeSync();
    this.#instance.closeSync();
  }
}

/** `text` as an SQL string literal, for the few statements (SET, ATTACH) that take no parameters. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as a quoted SQL identifier. Only names from closed maps reach it. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A promise with its resolver outside (Promise.withResolvers needs Node 22). */
function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
