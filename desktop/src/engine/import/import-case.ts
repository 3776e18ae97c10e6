import { randomUUID } from 'node:crypto';
import type { ImportItem, ImportOutcome } from '../../host/evidence.ts';
import type { CallOptions } from '../../host/request.ts';
import type { CaseStore } from '../case/case-store.ts';
import { EngineError, messageOf, systemCode } from '../engine-error.ts';
import type { StagedExhibit } from '../store/publish.ts';
import { Stage } from '../store/stage.ts';
import { commitIntake } from './commit.ts';
import { takeIn } from './intake.ts';
import type { Readers } from './reading.ts';
import { vaultChunks } from './vault-chunks.ts';
import { type Found, findFiles } from './walk.ts';

/** An item of an import with the path that its opaque id stands for. */
export interface ImportRequest extends Omit<ImportItem, 'file'> {
  readonly file: string;
  readonly path: string;
  readonly name: string;
}

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
  const files: { request: ImportRequest; found: Found }[] = [];
  for (const request of requests)
    for (const found of await findFiles(request.path, request.name)) files.push({ request, found });
  const stage = await Stage.create(store.database);
  const outcomes: ImportOutcome[] = [];
  const staged: StagedExhibit[] = [];
  try {
    for (const [slot, { request, found }] of files.entries()) {
      if (signal?.aborted === true) break;
      outcomes.push(
        'refused' in found
          ? { file: request.file, name: found.name, exhibits: [], error: asOutcomeError(found.refused) }
          : await importOne(store, readers, stage, slot, request, found, staged, { signal, onProgress }),
      );
      onProgress?.({
        phase: 'files',
        done: slot + 1,
        total: files.length,
        unit: 'files',
        subject: found.name,
      });
    }
    if (staged.length > 0) {
      onProgress?.({ phase: 'publish', done: 0, total: 1, unit: 'steps' });
      await stage.flush();
      await store.publish(staged);
      onProgress?.({ phase: 'publish', done: 1, total: 1, unit: 'steps' });
    }
  } finally {
    await stage.drop();
  }
  signal?.throwIfAborted();
  return outcomes;
}

async function importOne(
  store: CaseStore,
  readers: Readers,
  stage: Stage,
  slot: number,
  request: ImportRequest,
  found: { readonly path: string; readonly name: string },
  staged: StagedExhibit[],
  options: { readonly signal: AbortSignal | undefined; readonly onProgress: CallOptions['onProgress'] },
): Promise<ImportOutcome> {
  const { file } = request;
  const { name } = found;
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
    if (intake.kind === 'known') {
      await stage.discard(slot);
      return {
        file,
        name,
        exhibits: [shown(store, intake.exhibit.id)],
        error: {
          code: 'intake/already-imported',
          message: `${name} holds the same bytes as ${intake.exhibit.id} (${intake.exhibit.name}) and was not imported again.`,
        },
      };
    }
    const { exhibits, read } = await commitIntake(store, intake);
    if (read === undefined) await stage.discard(slot);
    else staged.push({ slot, exhibit: read });
    const failed = exhibits.find((exhibit) => exhibit.error !== undefined);
    return {
      file,
      name,
      exhibits: exhibits.map((exhibit) => shown(store, exhibit.id)),
      ...(failed?.error === undefined ? {} : { error: failed.error }),
    };
  } catch (error) {
    await stage.discard(slot);
    if (options.signal?.aborted === true) {
      return {
        file,
        name,
        exhibits: [],
        error: { code: 'intake/cancelled', message: `${name} was cancelled; nothing of it was kept.` },
      };
    }
    return { file, name, exhibits: [], error: asOutcomeError(explain(error, name)) };
  }
}

function shown(store: CaseStore, id: string) {
  const exhibit = store.exhibit(id);
  return { ...exhibit, offsetMs: store.offsetOf(exhibit.source) };
}

/** What went wrong while a file was taken in, for people. Bugs keep their own words. */
function explain(error: unknown, name: string): EngineError {
  if (error instanceof EngineError) return error;
  const code = systemCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
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
      staged.push({ slot, exhibit: exhibit.id });
    }
    await stage.flush();
    await store.publish(staged);
  } finally {
    await stage.drop();
  }
  return missing.length;
}
