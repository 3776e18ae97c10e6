import { mkdir, rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import { Database } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { attachEvents, EVENTS, publishEvents, removeDatabase } from '../store/event-file.ts';
import type { StagedExhibit } from '../store/publish.ts';
import { type CaseFolder, caseFolder } from './case-folder.ts';
import { type CaseHeader, readHeader } from './case-header.ts';
import { type CaseLock, lockCase } from './case-lock.ts';
import { privateFolder } from './durable-file.ts';
import type { Ledger } from './ledger.ts';
import { recoverIncoming } from './recover.ts';
import { readSources, type SourceClocks } from './sources.ts';
import { readExhibits, type StoredExhibit } from './stored-exhibit.ts';

/** What opening a case needs from its engine. */
export interface CaseParts {
  readonly now: () => string;
  readonly openLedger: (folder: CaseFolder, header: CaseHeader) => Promise<Ledger>;
  /** Reads `estate.yml`, when one is attached. */
  readonly readEstate: (folder: CaseFolder) => Promise<Estate | undefined>;
}

/** A package that was opened: where it lies, its digest, what verification said of it and by which fingerprint. */
export interface ShownPackage {
  readonly path: string;
  readonly digest: string;
  readonly verdict: string;
  readonly fingerprint?: string;
}

/** First and last event of the case, µs UTC, and how many there are, with a time and in all. */
export interface CaseExtent {
  readonly events: number;
  readonly timed: number;
  readonly from?: number;
  readonly to?: number;
}

/** An open case: its folder, its database, its ledger. One process at a time has it. */
export class CaseStore {
  readonly folder: CaseFolder;
  readonly header: CaseHeader;
  readonly database: Database;
  readonly ledger: Ledger;
  readonly openedAt: string;
  readonly #lock: CaseLock;
  readonly #parts: CaseParts;
  #exhibits: readonly StoredExhibit[];
  #sources: SourceClocks;
  #estate: Estate | undefined;
  #dataVersion = 1;
  #extent: CaseExtent = { events: 0, timed: 0 };
  #attached = false;
  #coded: ReadonlySet<string> = new Set();
  #closed = false;
  #shown: ShownPackage | undefined;
  #temporary: string | undefined;

  private constructor(
    opened: { folder: CaseFolder; header: CaseHeader; database: Database; ledger: Ledger; lock: CaseLock },
    parts: CaseParts,
    known: { exhibits: readonly StoredExhibit[]; sources: SourceClocks; estate: Estate | undefined },
  ) {
    this.folder = opened.folder;
    this.header = opened.header;
    this.database = opened.database;
    this.ledger = opened.ledger;
    this.#lock = opened.lock;
    this.#parts = parts;
    this.#exhibits = known.exhibits;
    this.#sources = known.sources;
    this.#estate = known.estate;
    this.openedAt = parts.now();
  }

  /** Opens the case in `root`; finishes or clears away what a crash left. Fails with `case/locked` or `case/not-a-case`. */
  static async open(root: string, parts: CaseParts): Promise<CaseStore> {
    const folder = caseFolder(root);
    const header = await readHeader(folder.header);
    const lock = await lockCase(folder.lock, parts.now());
    let ledger: Ledger | undefined;
    let database: Database | undefined;
    try {
      for (const path of [folder.vault, folder.index, folder.custody, folder.incoming, folder.packages])
        await privateFolder(path);
      await rm(folder.temp, { recursive: true, force: true });
      await mkdir(folder.temp, { mode: 0o700 });
      ledger = await parts.openLedger(folder, header);
      await recoverIncoming(folder, ledger);
      await removeDatabase(folder.nextEvents);
      database = await Database.open(databaseLimits(folder));
      await database.run('import', "ATTACH ':memory:' AS stage");
      const [exhibits, sources, estate] = await Promise.all([
        readExhibits(folder.index),
        readSources(folder.sources),
        parts.readEstate(folder),
      ]);
      const store = new CaseStore({ folder, header, database, ledger, lock }, parts, {
        exhibits,
        sources,
        estate,
      });
      store.#attached = await attachEvents(database, folder);
      if (!store.#attached) await store.publish([]);
      await store.#measure();
      return store;
    } catch (error) {
      database?.close();
      await ledger?.close();
      await lock.release();
      throw error;
    }
  }

  get exhibits(): readonly StoredExhibit[] {
    return this.#exhibits;
  }

  get sources(): SourceClocks {
    return this.#sources;
  }

  get estate(): Estate | undefined {
    return this.#estate;
  }

  /** Rises with every publish; caches are keyed by it. */
  get dataVersion(): number {
    return this.#dataVersion;
  }

  get extent(): CaseExtent {
    return this.#extent;
  }

  /** Time as the engine tells it, RFC 3339. */
  now(): string {
    return this.#parts.now();
  }

  /** The sealed package that this case was rebuilt from: it is then read-only. */
  get shown(): ShownPackage | undefined {
    return this.#shown;
  }

  /** Makes the case the read-only picture of a package; `temporary` is taken away when it is closed. */
  showPackage(shown: ShownPackage, temporary: string): void {
    this.#shown = shown;
    this.#temporary = temporary;
  }

  exhibit(id: string): StoredExhibit {
    const found = this.#exhibits.find((exhibit) => exhibit.id === id);
    if (found === undefined) throw new EngineError('exhibit/unknown', `This case has no exhibit ${id}.`);
    return found;
  }

  /** Clock offset of a source, ms. */
  offsetOf(source: string): number {
    return this.#sources[source]?.offsetMs ?? 0;
  }

  /** Reads index and settings again, after an act that changed them. */
  async reload(): Promise<void> {
    this.#exhibits = await readExhibits(this.folder.index);
    this.#sources = await readSources(this.folder.sources);
    this.#estate = await this.#parts.readEstate(this.folder);
  }

  /** Exhibits whose records the published events lack: a crash came between their import and the publish. */
  async unpublished(): Promise<readonly StoredExhibit[]> {
    const known = new Set(
      (await this.database.all('import', `SELECT exhibit FROM ${EVENTS}.exhibit_offset`)).map((row) =>
        String(row.exhibit),
      ),
    );
    return this.#exhibits.filter((exhibit) => exhibit.state === 'imported' && !known.has(exhibit.id));
  }

  /** Publishes the staged exhibits, and again all others under the offsets and the estate that hold now. */
  async publish(staged: readonly StagedExhibit[]): Promise<void> {
    const offsets = new Map<string, number>();
    const stagedNow = new Set(staged.map(({ exhibit }) => exhibit));
    const waiting = this.#attached ? new Set((await this.unpublished()).map(({ id }) => id)) : undefined;
    for (const exhibit of this.#exhibits) {
      if (exhibit.state !== 'imported') continue;
      // Only what is in the file may be named in it: what waits to be read again is found by its absence.
      const published = stagedNow.has(exhibit.id) || (waiting !== undefined && !waiting.has(exhibit.id));
      if (published) offsets.set(exhibit.id, this.offsetOf(exhibit.source) * 1000);
    }
    await publishEvents(this.database, this.folder, {
      staged,
      offsets,
      replaced: [...stagedNow],
      estate: this.#estate,
      attached: this.#attached,
    });
    this.#attached = true;
    this.#dataVersion++;
    await this.#measure();
  }

  /** Columns of `record` whose values stand in `vocabulary`. */
  get coded(): ReadonlySet<string> {
    return this.#coded;
  }

  async #measure(): Promise<void> {
    const columns = await this.database.all('scan', `DESCRIBE ${EVENTS}.vocabulary`);
    this.#coded = new Set(columns.map((row) => String(row.column_name)));
    const [row] = await this.database.all(
      'scan',
      `SELECT count(*)::DOUBLE AS events, count(time)::DOUBLE AS timed, epoch_us(min(time))::DOUBLE AS first, epoch_us(max(time))::DOUBLE AS last FROM ${EVENTS}.record`,
    );
    const { first, last } = row ?? {};
    this.#extent = {
      events: Number(row?.events ?? 0),
      timed: Number(row?.timed ?? 0),
      ...(typeof first === 'number' && typeof last === 'number' ? { from: first, to: last } : {}),
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.database.close();
    await this.ledger.close();
    await rm(this.folder.temp, { recursive: true, force: true });
    await this.#lock.release();
    if (this.#temporary !== undefined) await rm(this.#temporary, { recursive: true, force: true });
  }
}

/**
 * DuckDB gets 512 MB, or a quarter of a small machine: it takes what it is given, and the records of a case are published
 * in runs (`RUN_ROWS`), so that no log is too long for it. With 896 MB DuckDB inserts on two threads, which saves 0.3 s of a
 * publish of 585 000 records, and the import of ten million then takes 1.8 GB instead of 1.3 GB.
 */
function databaseLimits(folder: CaseFolder) {
  const memoryMb = Math.min(512, Math.max(200, totalmem() / 1e6 / 4));
  return { memoryMb, threads: 2, tempDir: folder.temp, maxTempGb: 200, allowedDir: folder.root };
}
