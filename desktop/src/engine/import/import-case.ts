import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { ImportOutcome } from '../../host/evidence.ts';
import type { CallOptions } from '../../host/request.ts';
import type { CaseStore } from '../case/case-store.ts';
import { EngineError, isDiskFull, messageOf } from '../engine-error.ts';
import type { StagedExhibit } from '../store/publish.ts';
import { Stage } from '../store/stage.ts';
import { commitIntake } from './commit.ts';
import type { ImportRequest } from './import-request.ts';
import { takeIn } from './intake.ts';
import type { Readers } from './reading.ts';
import { vaultChunks } from './vault-chunks.ts';
import { type Found, findFiles } from './walk.ts';

/**
 * Imports files and folders into a case: each file on its own, whole or not at all. What fails is told in its outcome and
 * the rest goes on; a cancelled import keeps the files that were done. The events are published once, at the end.
 */
export async function importFiles(
  store: CaseStore,
  readers: Readers,
  requests: readonly ImportRequest[],
  { signal, onProgress }: CallOptions = {},
): Promise<readonly ImportOutcome[]> {
  readers.prepare();
  const files: { request: ImportRequest; found: Found }[] = [];
  for (const request of requests)
    for (const found of await findFiles(request.path, request.name)) files.push({ request, found });
  const stage = await Stage.create(store.database);
  const outcomes: ImportOutcome[] = [];
  const staged: StagedExhibit[] = [];
  const run: ImportRun = { store, readers, stage, staged, options: { signal, onProgress } };
  try {
    let next = 0;
    let done = 0;
    let committed: Promise<unknown> = Promise.resolve();
    const work = async (): Promise<void> => {
      for (;;) {
        const slot = next++;
        const file = files[slot];
        if (file === undefined || signal?.aborted === true) return;
        const before = committed;
        // Files are read side by side and committed in their order, which is that of the exhibits' numbers.
        const imported = importOne(run, slot, file, before);
        committed = imported;
        outcomes[slot] = await imported;
        onProgress?.({
          phase: 'files',
          done: ++done,
          total: files.length,
          unit: 'files',
          subject: file.found.name,
        });
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, work));
    if (staged.length > 0) {
      onProgress?.({ phase: 'publish', done: 0, total: 1, unit: 'steps' });
      await stage.flush();
      await store.publish(staged);
      onProgress?.({ phase: 'publish', done: 1, total: 1, unit: 'steps' });
    }
    // The ledger could not be written: told after what had been committed is published.
    for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
  } finally {
    await stage.drop();
  }
  signal?.throwIfAborted();
  return outcomes;
}

/** Files that are read at a time: as many as keep two cores busy, since each has a thread and shares the store's. */
const SIDE_BY_SIDE = 2;

interface ImportRun {
  readonly store: CaseStore;
  readonly readers: Readers;
  readonly stage: Stage;
  /** What was committed and waits to be published. */
  readonly staged: StagedExhibit[];
  readonly options: {
    readonly signal: AbortSignal | undefined;
    readonly onProgress: CallOptions['onProgress'];
  };
}

/** Takes in one file and commits it when the files before it are. Never fails: what went wrong is in the outcome. */
async function importOne(
  { store, readers, stage, staged, options }: ImportRun,
  slot: number,
  { request, found }: { readonly request: ImportRequest; readonly found: Found },
  before: Promise<unknown>,
): Promise<ImportOutcome> {
  const { file } = request;
  const { name } = found;
  const refused = async (error: EngineError): Promise<ImportOutcome> => {
    await before;
    // An attempt is an act too: why these bytes are not among the exhibits must be answerable (EVIDENCE §2).
    await store.ledger.append('exhibit.refuse', { reason: error.code }, [], {
      detail: { name, message: error.message },
    });
    return { file, name, exhibits: [], error: asOutcomeError(error) };
  };
  if ('refused' in found) return refused(found.refused);
  try {
    const intake = await takeIn({
      store,
      readers,
      id: randomUUID(),
      request,
      ...found,
      ...options,
      take: (batch) => stage.append(slot, batch),
    });
    await before;
    // The same bytes may have come with a file that was read at the same time.
    const twin =
      intake.kind === 'known'
        ? intake.exhibit
        : store.exhibits.find(({ sha256 }) => sha256 === intake.digests.sha256);
    if (twin !== undefined) {
      if (intake.kind === 'taken') await rm(intake.folder, { recursive: true, force: true });
      await stage.discard(slot);
      return {
        file,
        name,
        exhibits: [shown(store, twin.id)],
        error: {
          code: 'intake/already-imported',
          message: `${name} holds the same bytes as ${twin.id} (${twin.name}) and was not imported again.`,
        },
      };
    }
    if (intake.kind === 'known') throw new Error('known, but not an exhibit');
    const { exhibits, read } = await commitIntake(store, intake);
    if (read === undefined) await stage.discard(slot);
    else for (const part of stage.slotsOf(slot)) staged.push({ slot: part, exhibit: read });
    const failed = exhibits.find((exhibit) => exhibit.error !== undefined);
    return {
      file,
      name,
      exhibits: exhibits.map((exhibit) => shown(store, exhibit.id)),
      ...(failed?.error === undefined ? {} : { error: failed.error }),
    };
  } catch (error) {
    // What is left in the stage belongs to no exhibit and is never published: clearing it away may fail.
    await stage.discard(slot).catch(() => undefined);
    if (options.signal?.aborted === true) {
      return {
        file,
        name,
        exhibits: [],
        error: { code: 'intake/cancelled', message: `${name} was cancelled; nothing of it was kept.` },
      };
    }
    return refused(explain(error, name));
  }
}

function shown(store: CaseStore, id: string) {
  const exhibit = store.exhibit(id);
  return { ...exhibit, offsetMs: store.offsetOf(exhibit.source) };
}

/** What went wrong while a file was taken in, for people. Bugs keep their own words. */
function explain(error: unknown, name: string): EngineError {
  if (error instanceof EngineError) return error;
  if (isDiskFull(error))
    return new EngineError(
      'intake/disk-full',
      `There is no room left on the case's disk for ${name}. Nothing of it was kept.`,
      {
        next: 'Free some space, or move the case to a larger disk, and import the file again.',
        at: { file: name },
      },
    );
  return new EngineError('intake/failed', `${name} could not be imported: ${messageOf(error)}`, {
    at: { file: name },
  });
}

function asOutcomeError(error: EngineError): NonNullable<ImportOutcome['error']> {
  return {
    code: error.code,
    message: error.message,
    ...(error.next === undefined ? {} : { next: error.next }),
  };
}

/** Reads again from the vault what the published events lack, after a crash between import and publish or a lost event file. */
export async function restoreEvents(store: CaseStore, readers: Readers): Promise<number> {
  const missing = await store.unpublished();
  if (missing.length === 0) return 0;
  const stage = await Stage.create(store.database);
  try {
    const staged: StagedExhibit[] = [];
    for (const [slot, exhibit] of missing.entries()) {
      if (exhibit.format === undefined) continue;
      const { linePrefix, encoding } = exhibit.reading;
      const reading = await readers.start(
        {
          format: exhibit.format,
          ...(exhibit.zone === undefined ? {} : { zone: exhibit.zone }),
          ...(encoding === undefined ? {} : { encoding }),
          ...(linePrefix === undefined ? {} : { linePrefix }),
        },
        (batch) => stage.append(slot, batch),
      );
      for await (const chunk of vaultChunks(store, exhibit)) await reading.push(chunk);
      await reading.end();
      for (const part of stage.slotsOf(slot)) staged.push({ slot: part, exhibit: exhibit.id });
    }
    await stage.flush();
    await store.publish(staged);
  } finally {
    await stage.drop();
  }
  return missing.length;
}
