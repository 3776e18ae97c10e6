import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '@dbwitness/shared/evidence/canonical-json.ts';
import { readCheckpoint } from '@dbwitness/shared/evidence/checkpoint.ts';
import { type DeclaredSource, declaredSource } from '@dbwitness/shared/evidence/item.ts';
import { readNote } from '@dbwitness/shared/evidence/note.ts';
import { safeName } from '@dbwitness/shared/evidence/path-name.ts';
import { type RangeRun, readRangeRun } from '@dbwitness/shared/evidence/ranges.ts';
import { caseJsonLd } from '@dbwitness/shared/reports/case-jsonld.ts';
import { reportHtml } from '@dbwitness/shared/reports/html.ts';
import type { Report } from '@dbwitness/shared/reports/report-model.ts';
import { REPORT_STYLE } from '@dbwitness/shared/reports/report-style.ts';
import type { LedgerRow } from '../../host/custody.ts';
import type { ReportChoice } from '../../host/report.ts';
import { openFolder } from '../../verify/folder-reader.ts';
import { openZip } from '../../verify/zip-reader.ts';
import { exhibitFiles } from '../case/case-folder.ts';
import type { CaseStore } from '../case/case-store.ts';
import { privateFolder, writeDurably } from '../case/durable-file.ts';
import type { StoredExhibit } from '../case/stored-exhibit.ts';
import type { EngineContext } from '../context.ts';
import { type PackageFile, packageFile } from '../custody/package-file.ts';
import type { CitedRecord } from '../custody/proofs.ts';
import {
  type EarlierPackage,
  type SealExhibit,
  type SealedPackage,
  type SealFacts,
  seal,
} from '../custody/seal.ts';
import { EngineError, systemCode } from '../engine-error.ts';
import { vaultChunks } from '../import/vault-chunks.ts';
import { nodeUuidTools } from '../node-uuid-tools.ts';
import {
  CITED_RECORDS,
  PLACES_OF_RECORDS,
  RECORDS_PER_EXHIBIT,
  SESSION_TOTALS,
  SESSIONS_BY_USER,
} from './collect/queries.ts';
import { chosenFindings, collectReport } from './collect.ts';
import { materialOf, nextSequence } from './material-of.ts';
import { reportPdf } from './pdf/report-pdf.ts';

export interface SealOrder {
  readonly choice: ReportChoice;
  readonly form: 'folder' | 'zip';
  /** The viewer that goes into the package. */
  readonly viewer: string | undefined;
  /** Every entry of the ledger as people see it, as it is when asked. */
  rows(): Promise<readonly LedgerRow[]>;
  readonly signal?: AbortSignal | undefined;
}

/** Seals the open case with the report that was chosen (EVIDENCE §9). Fails with `identity/locked`, and as `seal` does. */
export async function sealCase(
  context: EngineContext,
  { choice, form, viewer, rows, signal }: SealOrder,
): Promise<SealedPackage> {
  const { store, ledger, notes, signers } = context.open();
  const identity = context.identity();
  if (identity === undefined)
    throw new EngineError('identity/locked', 'A package is signed, and no identity is unlocked.', {
      next: 'Unlock your identity and seal again.',
    });
  const seals = (await rows())
    .filter((row) => row.act === 'seal')
    .map((row) => JSON.parse(row.body) as { readonly sequence?: unknown });
  const sequence = nextSequence(seals);
  const heads = join(store.folder.custody, 'sealed');
  return seal({
    caseId: store.header.id,
    slug: slug(store.header.name),
    sequence,
    organisation: identity.organisation,
    tool: context.version,
    exhibits: await Promise.all(store.exhibits.map((exhibit) => sealExhibit(store, exhibit))),
    cited: await places(context, choice, signal),
    ledger,
    identity,
    keys: signers.list(),
    files: [...ruleFiles(await notes.ruleFiles()), ...queryFiles(), ...(await estateFile(store))],
    earlier: await earlierPackages(heads),
    form,
    target: store.folder.packages,
    ...(signal === undefined ? {} : { signal }),
    report: async (facts) => {
      const material = await materialOf(context, {
        rows: await rows(),
        reread: rereadBySeal(facts),
        checkpoints: checkpoints(store, facts),
        signal,
      });
      return (await collectReport({ ...material, version: sequence }, choice, signal)) as unknown as Json;
    },
    views: (report) => reportViews(report, viewer),
    keep: (path) => keepHead(heads, sequence, path, form),
  });
}

/** The views of a final report: pure functions of it (EVIDENCE §12). */
export async function reportViews(
  { json, sha256 }: { readonly json: string; readonly sha256: string },
  viewer: string | undefined,
): Promise<readonly PackageFile[]> {
  const report = JSON.parse(json) as Report;
  return [
    packageFile('data/report/report.html', reportHtml(report, { report: sha256, style: STYLE_DIGEST })),
    packageFile('data/report/report.pdf', (await reportPdf(report, sha256)).bytes),
    packageFile('custody/case.jsonld', caseJsonLd(report, nodeUuidTools)),
    ...(viewer === undefined ? [] : [packageFile('viewer.html', viewer)]),
  ];
}

export const STYLE_DIGEST = createHash('sha256').update(REPORT_STYLE).digest('base64');

function rereadBySeal(facts: SealFacts) {
  return facts.exhibits.map(({ exhibit, sha256, sha512 }) => ({
    exhibit,
    ok: true,
    detail: 'read again for the seal and unchanged',
    sha256,
    sha512,
  }));
}

function checkpoints(store: CaseStore, facts: SealFacts) {
  return facts.exhibits.map(({ exhibit, blocks }) => ({
    origin: `dbwitness/${store.header.id}/${exhibit}/blocks`,
    ...blocks,
  }));
}

async function sealExhibit(store: CaseStore, exhibit: StoredExhibit): Promise<SealExhibit> {
  const files = exhibitFiles(store.folder.index, exhibit.id);
  const [leaves, ranges] = await Promise.all([readFile(files.leaves), readFile(files.ranges, 'utf8')]);
  return {
    item: {
      exhibit: exhibit.id,
      ...(exhibit.parent === undefined
        ? {}
        : { derived: { parent: exhibit.parent, derivation: exhibit.derivation ?? '' } }),
      name: { text: exhibit.name, ...(exhibit.nameBytes === undefined ? {} : { bytes: exhibit.nameBytes }) },
      length: exhibit.bytes,
      sha256: exhibit.sha256,
      sha512: exhibit.sha512,
      modified: exhibit.modified,
      acquiredAt: exhibit.importedAt,
      declared: declaredSource(exhibit.facts as Partial<DeclaredSource>),
      providerDigest: { result: exhibit.providerDigest, given: exhibit.providerDigestGiven ?? 'not stated' },
      reading: reading(store, exhibit),
    },
    bytes: () => vaultChunks(store, exhibit),
    leaves: new Uint8Array(leaves),
    ranges: ranges.split('\n').flatMap((line): readonly RangeRun[] => {
      const run = readRangeRun(line);
      return run === undefined ? [] : [run];
    }),
  };
}

/** All that is needed to read the exhibit again to the same records, and by whose word. Absent answers are left out. */
function reading(store: CaseStore, exhibit: StoredExhibit) {
  const { format, product, server, zone, zoneBasis, because, state } = exhibit;
  const said = {
    state,
    source: exhibit.source,
    offsetMs: store.offsetOf(exhibit.source),
    records: exhibit.records,
    facts: exhibit.facts,
    ...exhibit.reading,
    format,
    product,
    server,
    zone,
    zoneBasis,
    because,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Readonly<
    Record<string, Json>
  >;
}

/** Where the records stand that the chosen findings cite. */
async function places(
  context: EngineContext,
  choice: ReportChoice,
  signal: AbortSignal | undefined,
): Promise<readonly CitedRecord[]> {
  const { store, notes } = context.open();
  const ids = [
    ...new Set(chosenFindings(await notes.findings(), choice).flatMap((finding) => finding.events)),
  ].sort();
  if (ids.length === 0) return [];
  const rows = await store.database.all('scan', PLACES_OF_RECORDS.sql, [JSON.stringify(ids)], signal);
  return rows.map((row) => ({
    exhibit: String(row.exhibit),
    index: Number(row.ordinal),
    from: Number(row.from),
    to: Number(row.to),
  }));
}

function ruleFiles(
  files: readonly { readonly name: string; readonly text: string }[],
): readonly PackageFile[] {
  const seen = new Set<string>();
  return files.map(({ name, text }, at) => {
    const plain = safeName(name === '' ? 'rule.yml' : name.replaceAll(/[/\\]/g, '-'));
    const path = seen.has(plain.toLowerCase()) ? `${at}-${plain}` : plain;
    seen.add(path.toLowerCase());
    return packageFile(`data/rules/${path}`, text);
  });
}

function queryFiles(): readonly PackageFile[] {
  return [RECORDS_PER_EXHIBIT, CITED_RECORDS, SESSION_TOTALS, SESSIONS_BY_USER].map(({ id, sql }) =>
    packageFile(`data/queries/${id}.sql`, sql),
  );
}

async function estateFile(store: CaseStore): Promise<readonly PackageFile[]> {
  if (store.estate === undefined) return [];
  return [packageFile('data/policy/estate.yml', await readFile(store.folder.estate))];
}

/** Ledger heads of the packages of this case, kept when they were sealed: each later package proves that it goes on from them. */
async function earlierPackages(folder: string): Promise<readonly EarlierPackage[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const earlier: EarlierPackage[] = [];
  for (const name of names.sort()) {
    const checkpoint = await readFile(join(folder, name), 'utf8');
    const size = sizeOf(checkpoint);
    if (size !== undefined)
      earlier.push({ sequence: Number.parseInt(name, 10), checkpoint, ledgerSize: size });
  }
  return earlier;
}

function sizeOf(checkpoint: string): number | undefined {
  const note = readNote(checkpoint);
  return note && readCheckpoint(note.text)?.size;
}

async function keepHead(
  folder: string,
  sequence: number,
  path: string,
  form: 'folder' | 'zip',
): Promise<void> {
  const parts: Uint8Array[] = [];
  if (form === 'folder') {
    for await (const chunk of (await openFolder(path)).open('custody/ledger.checkpoint'))
      parts.push(Buffer.from(chunk));
  } else {
    const zip = await openZip(path);
    try {
      for await (const chunk of zip.open('custody/ledger.checkpoint')) parts.push(Buffer.from(chunk));
    } finally {
      await zip.close();
    }
  }
  await privateFolder(folder);
  await writeDurably(join(folder, `${String(sequence).padStart(3, '0')}.checkpoint`), Buffer.concat(parts));
}

/** A name that may stand in a package path (EVIDENCE §8). */
function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return plain === '' ? 'case' : plain;
}
