import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CallOptions, RequestType } from '../host/request.ts';
import { hostError, RequestFailure } from '../host/rpc.ts';
import { CaseAnalysis } from './analysis/case-analysis.ts';
import { CaseStore } from './case/case-store.ts';
import { readEstateFile } from './case/estate-file.ts';
import { SigningKeys } from './case/signing-keys.ts';
import type { EngineContext, OpenedCase } from './context.ts';
import type { UnlockedIdentity } from './custody/identity.ts';
import { LedgerFile } from './custody/ledger-file.ts';
import { Notes } from './detection/notes.ts';
import { EngineError, isDiskFull } from './engine-error.ts';
import { FileMap } from './files.ts';
import { restoreEvents } from './import/import-case.ts';
import { readersHere } from './import/read-here.ts';
import { bundledWorker, readersInThreads } from './import/read-in-threads.ts';
import type { Readers } from './import/reading.ts';
import { EventSets } from './query/event-sets.ts';
import { ViewCache } from './query/views.ts';
import { HANDLERS } from './requests/index.ts';

export interface EngineOptions {
  /** Folder that holds the cases, one folder each. */
  readonly casesDir: string;
  /** Folder of the person's identity. */
  readonly profileDir: string;
  /** Version and commit of the program: stands in every ledger entry. */
  readonly version?: string;
  readonly rulesDir?: string;
  readonly clock?: () => Date;
  readonly random?: (bytes: number) => Uint8Array;
  /** Requests that change a case do not exist. */
  readonly readOnly?: boolean;
  /** How exhibits are read; in threads of their own by default. */
  readonly readers?: Readers;
}

/** The workbench without a face: what Electron, the web host and the command line all speak to. */
export interface Engine {
  /** Which opaque id stands for which path: the host adds what a person picked. */
  readonly files: FileMap;
  /** Answers a request; fails with `RequestFailure`, or with the signal's reason when it was cancelled. */
  request<P, R>(type: RequestType<P, R>, params: P, options?: CallOptions): Promise<R>;
  /** The same by name, for a remote end. */
  handle(method: string, params: unknown, options?: CallOptions): Promise<unknown>;
  /** Events, statements and rows for what runs in this process (command line, report). */
  readonly context: EngineContext;
  close(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const context = createContext(options);
  const handlers = new Map(
    HANDLERS.filter(({ effect }) => effect === 'read' || !context.readOnly).map((handler) => [
      handler.method,
      handler,
    ]),
  );
  const handle = async (method: string, params: unknown, call: CallOptions = {}): Promise<unknown> => {
    const handler = handlers.get(method);
    try {
      if (handler === undefined)
        throw new EngineError('request/unknown', `There is no request “${method}” here.`);
      call.signal?.throwIfAborted();
      return await handler.answer(context, params, call);
    } catch (error) {
      call.signal?.throwIfAborted();
      throw new RequestFailure(hostError(isDiskFull(error) ? diskFull(error) : error));
    }
  };
  return {
    files: context.files,
    context,
    handle,
    request: async <P, R>(type: RequestType<P, R>, params: P, call?: CallOptions) =>
      (await handle(type.method, params, call)) as R,
    async close() {
      await context.closeCase();
      await context.readers.close();
    },
  };
}

function createContext(options: EngineOptions): EngineContext {
  const clock = options.clock ?? (() => new Date());
  const readers = options.readers ?? defaultReaders();
  const version = options.version ?? 'development';
  let opened: OpenedCase | undefined;
  let identity: UnlockedIdentity | undefined;
  const account = accountName();
  const context: EngineContext = {
    casesDir: options.casesDir,
    profileDir: options.profileDir,
    rulesDir: options.rulesDir ?? fileURLToPath(new URL('../../../shared/content/rules', import.meta.url)),
    version,
    clock,
    random: options.random ?? randomBytes,
    readOnly: options.readOnly ?? false,
    files: new FileMap(),
    readers,
    identity: () => identity,
    async unlock(unlocked) {
      await opened?.signers.add(unlocked.signer.publicKey);
      identity = unlocked;
    },
    lock() {
      identity = undefined;
    },
    examiner: () => identity?.name ?? account,
    open() {
      if (opened !== undefined) return opened;
      throw new EngineError('case/none-open', 'No case is open.', { next: 'Open one, or make a new one.' });
    },
    current: () => opened,
    async openCase(root) {
      if (opened?.store.folder.root === root) return opened;
      await context.closeCase();
      opened = await openCase(root);
      return opened;
    },
    async closeCase() {
      const closing = opened;
      opened = undefined;
      await closing?.store.close();
    },
  };

  async function openCase(root: string): Promise<OpenedCase> {
    let ledger: LedgerFile | undefined;
    let signers: SigningKeys | undefined;
    const store = await CaseStore.open(root, {
      now: () => clock().toISOString(),
      readEstate: readEstateFile,
      openLedger: async (folder, header) => {
        const keys = await SigningKeys.open(folder.custody);
        signers = keys;
        if (identity !== undefined) await keys.add(identity.signer.publicKey);
        ledger = await LedgerFile.open(folder.custody, {
          caseId: header.id,
          tool: version,
          now: () => clock().toISOString(),
          mono: () => process.hrtime.bigint() / 1_000_000n,
          account,
          identity: () => identity,
          circumstances: () => ({
            authority: header.authority,
            purpose: header.purpose,
            place: header.place,
          }),
          keys: () => keys.list(),
          random: context.random,
        });
        return ledger;
      },
    });
    try {
      if (ledger === undefined || signers === undefined)
        throw new Error('a case was opened without its ledger');
      await restoreEvents(store, readers);
      const notes = await Notes.open(store.database, store.folder.notes);
      return {
        store,
        ledger,
        signers,
        notes,
        views: new ViewCache(store, new EventSets(store)),
        analysis: new CaseAnalysis(store),
      };
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  return context;
}

/** The import names the file at which it happened; everywhere else the case is what matters. */
function diskFull(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError(
    'case/disk-full',
    'There is no room left on the case’s disk. What was taken in is kept; nothing is half-done.',
    {
      next: 'Free some space, or move the case to a larger disk, and do it again: events that are missing are then read from the exhibits.',
    },
  );
}

/** Threads where their bundle is; from source, this thread. */
function defaultReaders(): Readers {
  const worker = bundledWorker();
  return worker === undefined ? readersHere() : readersInThreads(worker);
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry in the system's list.
    return 'unknown account';
  }
}
