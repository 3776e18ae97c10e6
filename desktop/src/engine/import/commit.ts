import { createHash } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ActBody } from '@dbwitness/shared/evidence/acts.ts';
import { derivationName } from '@dbwitness/shared/evidence/derivation.ts';
import { BLOCK_BYTES } from '@dbwitness/shared/evidence/merkle.ts';
import { rangesText, rangeTotals, tilingProblem } from '@dbwitness/shared/evidence/ranges.ts';
import type { NonRecord } from '@dbwitness/shared/logs/piece.ts';
import type { RangeCount } from '../../host/evidence.ts';
import { exhibitFiles } from '../case/case-folder.ts';
import type { CaseStore } from '../case/case-store.ts';
import { syncFolder, writeDurably } from '../case/durable-file.ts';
import { carryOut, type IntakePlan, PLAN_FILE, type PlannedEntry } from '../case/recover.ts';
import { exhibitId, exhibitNumber, type StoredExhibit } from '../case/stored-exhibit.ts';
import type { Digests } from './exhibit-hash.ts';
import type { ReadAccount } from './exhibit-reader.ts';
import { unpackingProblem } from './inflate.ts';
import type { Intake } from './intake.ts';
import { formatNamed } from './reader-parts.ts';
import { placeInTrail } from './trail.ts';

/** The exhibits that an intake became, and the one of them whose records were read. */
export interface Committed {
  readonly exhibits: readonly StoredExhibit[];
  readonly read: string | undefined;
}

/**
 * Makes an intake part of the case: index files and plan on disk, then the ledger's entries, then the moves. The entries
 * are the moment at which it happens: after a crash they decide (see `recover.ts`).
 */
export async function commitIntake(store: CaseStore, intake: Intake): Promise<Committed> {
  const copyOf = derivedTwin(store, intake);
  const number = 1 + Math.max(0, ...store.exhibits.map((exhibit) => exhibitNumber(exhibit.id)));
  const id = exhibitId(number);
  const exhibits = describe(store, intake, id, copyOf);
  const moves = [{ from: 'bytes', to: `vault/${id}/${intake.digests.sha256}`, readOnly: true }];
  for (const exhibit of exhibits) {
    const digests = exhibit.parent === undefined ? intake.digests : intake.derived;
    const account = exhibit.state === 'imported' ? intake.account : undefined;
    if (digests === undefined) throw new Error(`${exhibit.id} has no digests`);
    await writeIndex(intake.folder, exhibit, digests, account);
    const here = exhibitFiles('.', exhibit.id);
    const there = exhibitFiles('index', exhibit.id);
    for (const kind of ['item', 'ranges', 'unread', 'leaves'] as const)
      moves.push({ from: here[kind], to: there[kind], readOnly: false });
  }
  const plan: IntakePlan = { entries: entriesOf(intake, exhibits), moves };
  await writeDurably(join(intake.folder, PLAN_FILE), JSON.stringify(plan));
  await syncFolder(dirname(intake.folder));
  await carryOut(store.folder, store.ledger, intake.id, plan);
  await store.reload();
  return { exhibits, read: exhibits.find((exhibit) => exhibit.state === 'imported')?.id };
}

/** An exhibit that has the very bytes which a compressed file stands for: its records would count twice. */
function derivedTwin(store: CaseStore, { derived }: Intake): StoredExhibit | undefined {
  return derived && store.exhibits.find(({ sha256 }) => sha256 === derived.sha256);
}

function describe(
  store: CaseStore,
  intake: Intake,
  id: string,
  copyOf: StoredExhibit | undefined,
): readonly StoredExhibit[] {
  const { request, account, recognised, spec, failed } = intake;
  const importedAt = store.now();
  const common = { importedAt, modified: intake.modified, facts: request.facts ?? {} };
  const error = failed === undefined ? {} : { error: { code: failed.code, message: failed.message } };
  const trail = placeInTrail(store, intake);
  const { source } = trail;
  // Told of the file as it came and of what came out of it: whoever looks at one of them must see it.
  const unpacking = intake.unpacked && unpackingProblem(intake.unpacked, intake.name);
  const broken = unpacking === undefined ? [] : [unpacking];
  const unread = { records: 0, ranges: [], problems: broken };
  const read =
    account === undefined || spec === undefined
      ? unread
      : {
          format: spec.format,
          formatTitle: formatNamed(spec.format).title,
          because: recognised?.recognition.because ?? 'named by the examiner',
          product: account.product ?? formatNamed(spec.format).product,
          ...(account.server === undefined ? {} : { server: account.server }),
          ...(spec.zone === undefined ? {} : { zone: spec.zone }),
          ...(account.timeBasis === undefined ? {} : { zoneBasis: account.timeBasis }),
          ...(account.first === undefined ? {} : { first: account.first }),
          ...(account.last === undefined ? {} : { last: account.last }),
          records: account.records,
          ranges: countRanges(account),
          problems: [
            ...broken.map(({ byte: _, ...told }) => told),
            ...trail.problems,
            ...account.problems.map(({ code, severity, message, at }) => ({
              code,
              severity,
              message,
              ...(at?.byte === undefined ? {} : { byte: at.byte }),
              ...(at?.line === undefined ? {} : { line: at.line }),
            })),
          ],
        };
  const reading = {
    forced: request.format !== undefined,
    ...(spec?.linePrefix === undefined ? {} : { linePrefix: spec.linePrefix }),
    ...(spec?.encoding === undefined ? {} : { encoding: spec.encoding }),
  };
  const acquired: StoredExhibit = {
    id,
    name: intake.name,
    source,
    state: intake.compression === undefined ? 'imported' : 'registered',
    ...error,
    ...digestFields(intake.digests),
    ...(intake.compression === undefined ? read : unread),
    ...providerDigest(request.providerDigest, intake.digests),
    reading,
    ...common,
  };
  const { compression, derived: digests, unpacked } = intake;
  if (compression === undefined || digests === undefined || unpacked === undefined) return [acquired];
  const derived: StoredExhibit = {
    id: `${id}.1`,
    name: intake.name.replace(/\.(gz|zst|zstd)$/i, ''),
    parent: id,
    derivation: derivationName(compression, unpacked),
    source,
    ...(copyOf === undefined
      ? { state: 'imported' as const, ...read }
      : {
          state: 'registered' as const,
          ...unread,
          error: {
            code: 'intake/already-imported',
            message: `${intake.name} holds, once decompressed, the same bytes as ${copyOf.id} (${copyOf.name}): they were not read a second time.`,
          },
        }),
    ...digestFields(digests),
    providerDigest: 'none-given',
    reading,
    ...common,
  };
  return [acquired, derived];
}

function digestFields({ length, sha256, sha512, blocksRoot }: Digests) {
  return { bytes: length, sha256, sha512, blocksRoot };
}

function providerDigest(
  given: string | undefined,
  digests: Digests,
): Pick<StoredExhibit, 'providerDigest' | 'providerDigestGiven'> {
  // `sha256:…`, `SHA256 (file) = …` and sidecars with the file's name all hold the digits themselves.
  const digits = given?.toLowerCase().match(/\b(?:[0-9a-f]{128}|[0-9a-f]{64})\b/)?.[0];
  if (given === undefined || given.trim() === '') return { providerDigest: 'none-given' };
  const matches = digits === digests.sha256 || digits === digests.sha512;
  return { providerDigest: matches ? 'matches' : 'differs', providerDigestGiven: given };
}

/** The totals of the range table with the words for each reason. */
function countRanges({ runs, unread }: ReadAccount): readonly RangeCount[] {
  return rangeTotals(runs).map(({ code, ...total }) => {
    const message = unread.find((range) => range.kind === total.kind && range.code === code)?.message;
    return {
      ...total,
      ...(code === null ? {} : { code }),
      ...(message === undefined ? {} : { message }),
    };
  });
}

async function writeIndex(
  folder: string,
  exhibit: StoredExhibit,
  digests: Digests,
  account: ReadAccount | undefined,
): Promise<void> {
  const files = exhibitFiles(folder, exhibit.id);
  const runs = account?.runs ?? [];
  const hole = account === undefined ? undefined : tilingProblem(runs, digests.length);
  if (hole !== undefined) throw new Error(`the ranges of ${exhibit.name} do not tile it: ${hole}`);
  await writeSynced(files.item, `${JSON.stringify(exhibit, undefined, 2)}\n`);
  await writeSynced(files.ranges, rangesText(runs));
  await writeSynced(files.unread, unreadText(account?.unread ?? []));
  await writeSynced(files.leaves, digests.leaves);
  await syncFolder(folder);
}

function unreadText(unread: readonly NonRecord[]): string {
  return unread.map((range) => `${JSON.stringify(range)}\n`).join('');
}

async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content, { mode: 0o600, flag: 'wx' });
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}

/** The ledger's entries of an intake: the acquired file, what was derived from it, and how it was read. */
function entriesOf(intake: Intake, exhibits: readonly StoredExhibit[]): readonly PlannedEntry[] {
  const entries: PlannedEntry[] = exhibits.map((exhibit) => {
    const { id, bytes: length, sha256, sha512, parent, derivation, modified, providerDigest } = exhibit;
    // A name may say more than a ledger should: its digest is enough to see that it stayed as it was.
    const name = createHash('sha256').update(exhibit.name).digest('hex');
    const body = { intake: intake.id, length, sha256, sha512, acquiredAt: exhibit.importedAt, name };
    return parent !== undefined && derivation !== undefined
      ? { act: 'exhibit.derive', body: { ...body, parent, derivation }, object: [id] }
      : { act: 'exhibit.register', body: { ...body, modified, providerDigest }, object: [id] };
  });
  const read = exhibits.find((exhibit) => exhibit.state === 'imported');
  if (read !== undefined)
    entries.push({ act: 'exhibit.import', body: importBody(intake, read), object: [read.id] });
  return entries;
}

function importBody(intake: Intake, exhibit: StoredExhibit): ActBody<'exhibit.import'> {
  const { bytes: length, sha256, sha512, blocksRoot, reading } = exhibit;
  return {
    intake: intake.id,
    length,
    sha256,
    sha512,
    blocks: { size: Math.ceil(length / BLOCK_BYTES), root: blocksRoot },
    format: exhibit.format ?? 'none',
    parser: `dbwitness ${exhibit.format ?? 'none'}`,
    options: {
      zone: exhibit.zone ?? null,
      encoding: reading.encoding ?? null,
      linePrefix: reading.linePrefix ?? null,
      forced: reading.forced,
    },
    counts: exhibit.ranges.map(({ kind, code, ranges, bytes, records }) => ({
      kind,
      code: code ?? null,
      ranges,
      bytes,
      records,
    })),
    zoneBasis: exhibit.zoneBasis ?? 'not known',
    first: exhibit.first ?? null,
    last: exhibit.last ?? null,
  };
}
