import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import {
  type CaseSummary,
  casesAttachEstate,
  casesClose,
  casesCreate,
  casesCurrent,
  casesList,
  casesOpen,
  type EstateSummary,
  type OpenCase,
} from '../../host/cases.ts';
import { caseFolder } from '../case/case-folder.ts';
import { type CaseHeader, readHeader } from '../case/case-header.ts';
import { lockHolder } from '../case/case-lock.ts';
import type { ShownPackage } from '../case/case-store.ts';
import { createCase } from '../case/create-case.ts';
import { attachEstate } from '../case/estate-file.ts';
import { readExhibits } from '../case/stored-exhibit.ts';
import type { EngineContext, OpenedCase } from '../context.ts';
import { EngineError } from '../engine-error.ts';
import { handler } from '../handler.ts';

export const caseHandlers = [
  handler(casesList, async (context) => {
    const summaries: CaseSummary[] = [];
    for (const ref of await folderNames(context.casesDir)) {
      const summary = await summarise(context, ref);
      if (summary !== undefined) summaries.push(summary);
    }
    return summaries.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }),

  handler(casesCreate, async (context, params) => {
    if (params.folder !== undefined && !isRef(params.folder))
      throw new EngineError('case/folder-name', 'A case’s folder is named by one name, without a path.');
    // Who makes a case imports next: the reading thread starts while the case is made.
    context.readers.prepare();
    await context.closeCase();
    const ref = await createCase(context.casesDir, params, context.clock());
    const opened = await context.openCase(join(context.casesDir, ref));
    const { header } = opened.store;
    await opened.store.ledger.append('case.header', { old: null, new: headerFacts(header) }, []);
    return describe(opened, ref);
  }),

  handler(casesOpen, async (context, { ref }) => {
    if (!isRef(ref))
      throw new EngineError('case/unknown', 'There is no such case.', { next: 'Pick one from the list.' });
    return describe(await context.openCase(join(context.casesDir, ref)), ref);
  }),

  handler(casesCurrent, async (context) => {
    const opened = context.current();
    return opened === undefined ? undefined : describe(opened, refOf(context, opened));
  }),

  handler(casesClose, async (context) => {
    await context.closeCase();
    return undefined;
  }),

  handler(casesAttachEstate, async (context, { file }) => {
    const opened = context.open();
    await attachEstate(opened.store, context.files.path(file), context.files.name(file));
    return describe(opened, refOf(context, opened));
  }),
] as const;

/** A case's folder name: no way out of the folder of cases. */
function isRef(ref: string): boolean {
  return ref !== '' && ref !== '.' && ref !== '..' && !/[/\\\0]/.test(ref);
}

/** The handle of what is open: a case's folder name, or of a package the id of its file. */
function refOf(context: EngineContext, { store }: OpenedCase): string {
  if (store.shown !== undefined) return context.files.add(store.shown.path);
  return store.folder.root.split(/[/\\]/).at(-1) ?? '';
}

function headerFacts({
  id,
  name,
  purpose,
  authority,
  requester,
  classification,
  place,
  examiner,
}: CaseHeader) {
  return { id, name, purpose, authority, requester, classification, place, examiner };
}

export async function describe({ store }: OpenedCase, ref: string): Promise<OpenCase> {
  const { header, exhibits, extent } = store;
  const { from, to } = extent;
  const sealed = await lastSeal(store.folder.packages);
  return {
    ...summaryOf(header, ref),
    openedAt: store.openedAt,
    exhibits: exhibits.length,
    events: extent.events,
    bytes: exhibits.reduce((sum, exhibit) => sum + (exhibit.parent === undefined ? exhibit.bytes : 0), 0),
    ...(sealed === undefined ? {} : { lastSeal: sealed }),
    ledger: store.ledger.state(),
    dataVersion: store.dataVersion,
    mode: store.shown === undefined ? 'examiner' : 'auditor',
    ...(store.estate === undefined ? {} : { estate: estateSummary(store.estate) }),
    ...(store.shown === undefined ? {} : { package: packageFacts(store.shown) }),
    ...(from === undefined || to === undefined ? {} : { span: { from, to } }),
  };
}

function estateSummary(estate: Estate): EstateSummary {
  return {
    zone: estate.zone,
    hours: estate.hours !== undefined,
    sensitive: estate.sensitive.length,
    privileged: estate.privileged_users.length,
    shared: estate.shared_accounts.length,
    service: estate.service_accounts.length,
    accessPaths: estate.access_paths.length,
  };
}

/** Of an opened package, all but its path: front ends see none. */
function packageFacts({ digest, verdict, fingerprint }: ShownPackage) {
  return { digest, verdict, ...(fingerprint === undefined ? {} : { fingerprint }) };
}

function summaryOf(
  { id, name, purpose, authority, requester, classification, createdAt }: CaseHeader,
  ref: string,
) {
  return { id, ref, name, purpose, authority, requester, classification, createdAt };
}

async function summarise(context: EngineContext, ref: string): Promise<CaseSummary | undefined> {
  const opened = context.current();
  if (opened !== undefined && opened.store.folder.root === join(context.casesDir, ref))
    return describe(opened, ref);
  const folder = caseFolder(join(context.casesDir, ref));
  try {
    const header = await readHeader(folder.header);
    const exhibits = await readExhibits(folder.index).catch(() => []);
    const lockedBy = await lockHolder(folder.lock);
    const sealed = await lastSeal(folder.packages);
    return {
      ...summaryOf(header, ref),
      exhibits: exhibits.length,
      events: exhibits.reduce((sum, exhibit) => sum + exhibit.records, 0),
      bytes: exhibits.reduce((sum, exhibit) => sum + (exhibit.parent === undefined ? exhibit.bytes : 0), 0),
      ...(sealed === undefined ? {} : { lastSeal: sealed }),
      ledger: await ledgerGlance(folder.custody),
      ...(lockedBy === undefined ? {} : { lockedBy }),
    };
  } catch {
    // A folder that is no case, or one that cannot be read: the list shows cases.
    return undefined;
  }
}

/** Entries and unsigned entries, without checking: opening the case and verifying do that. */
async function ledgerGlance(custody: string): Promise<CaseSummary['ledger']> {
  const text = await readFile(join(custody, 'ledger.jsonl'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  return {
    entries: lines.length,
    state: 'intact',
    unsigned: lines.filter((line) => line.includes('"sig":null')).length,
  };
}

/** When the newest package was written, RFC 3339. */
async function lastSeal(packages: string): Promise<string | undefined> {
  const names = await readdir(packages).catch(() => []);
  const times = await Promise.all(
    names.map(async (name) => (await stat(join(packages, name))).mtime.toISOString()),
  );
  return times.sort().at(-1);
}

async function folderNames(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    // No folder of cases yet: no cases.
    return [];
  }
}
