import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readBagInfo } from '@dbwitness/shared/evidence/bag.ts';
import { type ItemFile, readItem } from '@dbwitness/shared/evidence/item.ts';
import type { PackageReader } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import type { VerificationResult } from '@dbwitness/shared/evidence/verify/verify-package.ts';
import type { Report } from '@dbwitness/shared/reports/report-model.ts';
import { TRIAGE_STATES } from '../../host/findings.ts';
import type { CallOptions } from '../../host/request.ts';
import { openFolder } from '../../verify/folder-reader.ts';
import { verifyPackage } from '../../verify/verify-package.ts';
import { openZip } from '../../verify/zip-reader.ts';
import { caseFolder } from '../case/case-folder.ts';
import { writeHeader } from '../case/case-header.ts';
import { privateFolder } from '../case/durable-file.ts';
import { attachEstate } from '../case/estate-file.ts';
import { setOffset } from '../case/set-offset.ts';
import { exhibitNumber } from '../case/stored-exhibit.ts';
import type { EngineContext, OpenedCase } from '../context.ts';
import { detect } from '../detection/detect.ts';
import { readRuleFiles } from '../detection/rule-files.ts';
import { EngineError } from '../engine-error.ts';
import { importFiles } from '../import/import-case.ts';

/**
 * Opens a sealed package as a case that nobody can write to: verified first, then rebuilt from its untouched bytes, so
 * that what is shown follows from the evidence and not from what the package says of it. The rebuilt case stands in a
 * folder of its own outside the cases, and is taken away when it is closed.
 */
export async function openPackage(
  context: EngineContext,
  path: string,
  fingerprint: string | undefined,
  options: CallOptions,
): Promise<OpenedCase> {
  const named = fingerprint === undefined || fingerprint.trim() === '' ? {} : { fingerprint };
  const verification = await verifyPackage(path, {
    ...named,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onProgress: (done, total) => options.onProgress?.({ phase: 'verify', done, total, unit: 'bytes' }),
  });
  refuseBroken(verification);
  await context.closeCase();
  const root = await mkdtemp(join(tmpdir(), 'dbwitness-auditor-'));
  try {
    const opened = await withReader(path, (reader) => rebuild(context, reader, root, options));
    const { package: digest, verdict } = verification;
    opened.store.showPackage({ path, digest, verdict, ...named }, root);
    return opened;
  } catch (error) {
    await context.closeCase();
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}

function refuseBroken({ verdict, checks }: VerificationResult): void {
  if (verdict === 'not-a-package')
    throw new EngineError('package/not-a-package', 'This is no evidence package that this version knows.', {
      next: 'Pick a sealed package, a zip or its folder.',
    });
  if (verdict !== 'failed') return;
  const failed = [
    ...new Set(
      checks.filter(({ status }) => status === 'fail').map(({ id, target }) => `${id} ${target}`.trim()),
    ),
  ];
  throw new EngineError(
    'package/altered',
    `This package is not what was sealed: ${failed.slice(0, 3).join('; ')}${failed.length > 3 ? ` and ${failed.length - 3} more` : ''}.`,
    { next: 'Verify it to see every check. An altered package is not shown as evidence.' },
  );
}

async function withReader<T>(path: string, use: (reader: PackageReader) => Promise<T>): Promise<T> {
  if ((await stat(path)).isDirectory()) return use(await openFolder(path));
  const zip = await openZip(path);
  try {
    return await use(zip);
  } finally {
    await zip.close();
  }
}

async function rebuild(
  context: EngineContext,
  reader: PackageReader,
  root: string,
  options: CallOptions,
): Promise<OpenedCase> {
  const report = JSON.parse(await textOf(reader, 'data/report/report.json')) as Report;
  const folder = await makeCase(reader, root, report);
  const first = await context.openCase(folder.root);
  const estate = await unpack(reader, 'data/policy/estate.yml', join(root, 'unpacked'));
  if (estate !== undefined) await attachEstate(first.store, estate, 'estate.yml');
  const items = await readItems(reader);
  await importAgain(context, first, reader, items, join(root, 'unpacked'), options);
  await applyClocks(first, items, report);
  await findAgain(first, reader, join(root, 'unpacked'), report, options);
  await rm(join(root, 'unpacked'), { recursive: true, force: true });
  // The package's own ledger takes the place of the acts of rebuilding, which are nobody's evidence.
  await context.closeCase();
  await rm(folder.custody, { recursive: true, force: true });
  await privateFolder(folder.custody);
  for (const entry of reader.entries) {
    const own = /^custody\/((?:bodies\/|keys\/)?[^/]+)$/.exec(entry.path)?.[1];
    if (entry.kind === 'file' && own !== undefined && KEPT_OF_CUSTODY.test(own))
      await write(reader, entry.path, join(folder.custody, own));
  }
  return context.openCase(folder.root);
}

const KEPT_OF_CUSTODY = /^(?:ledger\.jsonl|bodies\/.+\.json|keys\/.+\.pem)$/;

async function makeCase(reader: PackageReader, root: string, report: Report) {
  const { identity } = report;
  const folder = caseFolder(join(root, 'case'));
  for (const path of [
    folder.root,
    folder.vault,
    folder.index,
    folder.custody,
    folder.incoming,
    folder.packages,
  ])
    await privateFolder(path);
  await writeHeader(folder.header, {
    kind: 'dbwitness-case',
    v: 1,
    id:
      readBagInfo(await textOf(reader, 'bag-info.txt')).values.get('External-Identifier') ?? identity.case.id,
    createdAt: report.custody.entries[0]?.at.utc ?? identity.issued.utc,
    name: identity.case.name,
    purpose: identity.purpose,
    authority: identity.authority,
    requester: identity.requester,
    classification: identity.classification,
    place: '',
    examiner: identity.examiner.name,
  });
  return folder;
}

/** What an item file says of how the exhibit was read, as `sealCase` wrote it. */
interface Reading {
  readonly source?: string;
  readonly offsetMs?: number;
  readonly format?: string;
  readonly forced?: boolean;
  readonly zone?: string;
  readonly encoding?: 'latin1' | 'cp1252';
  readonly linePrefix?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

const readingOf = (item: ItemFile): Reading => item.reading as unknown as Reading;

async function readItems(reader: PackageReader): Promise<readonly ItemFile[]> {
  const items: ItemFile[] = [];
  for (const { path } of reader.entries) {
    const item =
      path.startsWith('data/index/') && path.endsWith('.item.json')
        ? readItem(await textOf(reader, path))
        : undefined;
    if (item !== undefined) items.push(item);
  }
  return items.sort(
    (a, b) => exhibitNumber(a.exhibit) - exhibitNumber(b.exhibit) || (a.exhibit < b.exhibit ? -1 : 1),
  );
}

async function importAgain(
  context: EngineContext,
  { store }: OpenedCase,
  reader: PackageReader,
  items: readonly ItemFile[],
  unpacked: string,
  options: CallOptions,
): Promise<void> {
  const requests = [];
  for (const item of items) {
    if (item.path === undefined) continue;
    const path = await unpack(reader, item.path, unpacked);
    if (path === undefined) continue;
    const modified = Date.parse(item.modified);
    if (!Number.isNaN(modified)) await utimes(path, modified / 1000, modified / 1000);
    // Of a compressed file, what was said is said of its content.
    const { source, format, forced, zone, encoding, linePrefix, facts } = readingOf(
      items.find((other) => other.derived?.parent === item.exhibit) ?? item,
    );
    requests.push({
      file: '',
      path,
      name: item.name.text,
      ...(source === undefined ? {} : { source }),
      ...(forced === true && format !== undefined ? { format } : {}),
      ...(zone === undefined ? {} : { zone }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(linePrefix === undefined ? {} : { linePrefix }),
      ...(facts === undefined ? {} : { facts }),
      ...(item.providerDigest.result === 'none-given' ? {} : { providerDigest: item.providerDigest.given }),
    });
  }
  await importFiles(store, context.readers, requests, options);
  for (const item of items) {
    const same = store.exhibits.find((exhibit) => exhibit.id === item.exhibit);
    if (same?.sha256 !== item.sha256)
      throw new EngineError(
        'package/rebuild',
        `${item.exhibit} could not be read again as it was when the package was made.`,
        { next: 'Open the package with the release that made it; bag-info.txt and the report name it.' },
      );
  }
}

async function applyClocks({ store }: OpenedCase, items: readonly ItemFile[], report: Report): Promise<void> {
  const offsets = new Map(
    items.flatMap((item): [string, number][] => {
      const { source, offsetMs } = readingOf(item);
      return source === undefined || offsetMs === undefined || offsetMs === 0 ? [] : [[source, offsetMs]];
    }),
  );
  for (const [source, offsetMs] of offsets) {
    const said = report.time.find((time) => time.source === source);
    await setOffset(store, source, {
      offsetMs,
      method: said?.method ?? '',
      note: said?.anchors.join('; ') ?? '',
    });
  }
}

/** Runs the package's own rules anew, and puts the examiner's judgements beside what they find. */
async function findAgain(
  { store, notes, analysis }: OpenedCase,
  reader: PackageReader,
  unpacked: string,
  report: Report,
  options: CallOptions,
): Promise<void> {
  const rules = reader.entries.filter((entry) => entry.path.startsWith('data/rules/'));
  if (rules.length === 0) return;
  for (const { path } of rules) await unpack(reader, path, unpacked);
  const files = await readRuleFiles(join(unpacked, 'data', 'rules'));
  const found = await detect({ store, analysis }, files, options);
  await notes.replaceFindings(found.findings, found.outcomes, files);
  for (const finding of report.findings) {
    const triage = TRIAGE_STATES.find((state) => state === finding.triage);
    if (triage !== undefined) await notes.setTriage(finding.id, triage);
    for (const [at, note] of finding.notes.entries())
      await notes.addNote({ id: `${finding.label}-${at + 1}`, finding: finding.id, ...note });
    for (const tag of finding.analystTags) await notes.addTag(finding.id, tag);
  }
}

/** One file of the package below `folder`, under its path in the package; undefined when there is none. */
async function unpack(reader: PackageReader, path: string, folder: string): Promise<string | undefined> {
  if (!reader.entries.some((entry) => entry.path === path && entry.kind === 'file')) return undefined;
  const target = join(folder, path);
  await write(reader, path, target);
  return target;
}

async function write(reader: PackageReader, path: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  // A copy of each chunk: a reader uses its buffers again.
  const copies = async function* () {
    for await (const chunk of reader.open(path)) yield Buffer.from(chunk);
  };
  await pipeline(Readable.from(copies()), createWriteStream(target, { mode: 0o600, flags: 'wx' }));
}

async function textOf(reader: PackageReader, path: string): Promise<string> {
  const parts: Buffer[] = [];
  if (!reader.entries.some((entry) => entry.path === path))
    throw new EngineError('package/incomplete', `The package has no ${basename(path)}.`);
  for await (const chunk of reader.open(path)) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts).toString('utf8');
}
