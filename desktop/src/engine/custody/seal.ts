import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ALGORITHMS,
  BAGIT_TXT,
  bagInfoText,
  manifestPath,
  manifestText,
  tagManifestPath,
} from '@dbwitness/shared/evidence/bag.ts';
import { evidenceJson, type Json } from '@dbwitness/shared/evidence/canonical-json.ts';
import { blocksOrigin, checkpointText } from '@dbwitness/shared/evidence/checkpoint.ts';
import { consistencyText } from '@dbwitness/shared/evidence/consistency-file.ts';
import { pae, signEnvelope } from '@dbwitness/shared/evidence/dsse.ts';
import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import { type ItemFile, itemJson } from '@dbwitness/shared/evidence/item.ts';
import { fingerprint, fp16, publicKeyPem } from '@dbwitness/shared/evidence/key.ts';
import { type LedgerEntry, readEntry } from '@dbwitness/shared/evidence/ledger-entry.ts';
import { MerkleTree } from '@dbwitness/shared/evidence/merkle.ts';
import { signNote } from '@dbwitness/shared/evidence/note.ts';
import { byPath, pathProblem, safeName } from '@dbwitness/shared/evidence/path-name.ts';
import { type RangeRun, rangesText, tilingProblem } from '@dbwitness/shared/evidence/ranges.ts';
import {
  type SealedExhibit,
  STATEMENT_MEDIA_TYPE,
  type Statement,
  statementJson,
  type TreeHead,
} from '@dbwitness/shared/evidence/statement.ts';
import type { VerificationResult } from '@dbwitness/shared/evidence/verify/verify-package.ts';
import { verifyMarkdown } from '@dbwitness/shared/evidence/verify-md.ts';
import { FileHasher } from '../../verify/file-hasher.ts';
import { nodePrimitives } from '../../verify/node-host.ts';
import { verifyPackage } from '../../verify/verify-package.ts';
import { EngineError, systemCode } from '../engine-error.ts';
import type { UnlockedIdentity } from './identity.ts';
import type { LedgerFile } from './ledger-file.ts';
import { type PackageFile, packageFile } from './package-file.ts';
import { type CitedRecord, digestCited, proofFiles } from './proofs.ts';
import { uuid5 } from './uuid5.ts';
import { writeFolder } from './write-folder.ts';
import { writeZip } from './write-zip.ts';

/** An exhibit to be sealed. */
export interface SealExhibit {
  /** What its item file says; the package's own facts are added here. */
  readonly item: Omit<ItemFile, 'v' | 'path' | 'blocks'>;
  /** Its bytes, of the vault or derived again from there; may be asked for more than once. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Block leaves made at intake. */
  readonly leaves: Uint8Array;
  /** Its range table; empty where nobody read it, as with a compressed file whose content is an exhibit of its own. */
  readonly ranges: readonly RangeRun[];
}

/** What the report and its views may cite of the package. */
export interface SealFacts {
  readonly packageId: string;
  readonly sequence: number;
  /** Name of the package's folder. */
  readonly name: string;
  readonly fingerprint: string;
  /** The ledger before the seal: its size, root and the hash of its last entry. The seal is the next entry. */
  readonly ledger: TreeHead & { readonly head: string };
  /** Exhibits as read again just now, with their package paths. */
  readonly exhibits: readonly ItemFile[];
}

/** A checkpoint of an earlier package of the case, and the number of that package. */
export interface EarlierPackage {
  readonly sequence: number;
  /** Text of its `custody/ledger.checkpoint`. */
  readonly checkpoint: string;
  readonly ledgerSize: number;
}

export interface SealInput {
  readonly caseId: string;
  /** Name for the folder: `<slug>-<sequence>`. */
  readonly slug: string;
  readonly sequence: number;
  readonly organisation: string;
  readonly tool: string;
  readonly exhibits: readonly SealExhibit[];
  readonly cited: readonly CitedRecord[];
  readonly ledger: LedgerFile;
  readonly identity: UnlockedIdentity;
  /** Raw public keys of everybody who signed in the ledger. */
  readonly keys: readonly Uint8Array[];
  /** Rules, policies, queries, normalised rows: everything below `data/` that is made before the report. */
  readonly files: readonly PackageFile[];
  readonly earlier: readonly EarlierPackage[];
  /** Package digest of the one that this one replaces. */
  readonly supersedes?: string;
  /** The report's value; asked for when everything that it cites is known. */
  report(facts: SealFacts): Promise<Json> | Json;
  /** Views of the final report: `data/report/report.html` and `.pdf`, `custody/case.jsonld`, `viewer.html`. */
  views(
    report: { readonly json: string; readonly sha256: string },
    facts: SealFacts,
  ): Promise<readonly PackageFile[]> | readonly PackageFile[];
  readonly form: 'folder' | 'zip';
  /** Existing folder that the package is put into. */
  readonly target: string;
  readonly signal?: AbortSignal;
}

export interface SealedPackage {
  readonly path: string;
  readonly name: string;
  readonly packageId: string;
  /** Package digest: SHA-256 of `tagmanifest-sha256.txt`. */
  readonly digest: string;
  readonly bytes: number;
  readonly verification: VerificationResult;
}

/**
 * Seals a case into a package, in the order of EVIDENCE §9. The ledger tells of it whatever happens: `export.begin`, then
 * `export.done` with the digest, or `export.failed` and no package. Nobody else may append to the ledger meanwhile.
 */
export async function seal(input: SealInput): Promise<SealedPackage> {
  const { ledger, form } = input;
  const name = `${input.slug}-${String(input.sequence).padStart(3, '0')}`;
  const path = join(input.target, form === 'zip' ? `${name}.zip` : name);
  const destination = form;
  await ledger.append('export.begin', { what: 'package', destination }, [name]);
  try {
    if (await exists(path)) throw new EngineError('seal/exists', `There is a package ${name} already.`);
    const files = await assemble(input, name);
    const { signal } = input;
    if (form === 'zip') await writeZip(path, name, files, signal);
    else await writeFolder(path, files, signal);
    const verification = await verified(path, input);
    await ledger.append(
      'export.done',
      { what: 'package', destination, digest: verification.package, verdict: verification.verdict },
      [name],
    );
    const bytes = files.reduce((sum, file) => sum + file.length, 0);
    return { path, name, packageId: packageId(input), digest: verification.package, bytes, verification };
  } catch (error) {
    const reason =
      error instanceof EngineError
        ? error.code
        : (systemCode(error) ?? (input.signal?.aborted ? 'cancelled' : 'failed'));
    await ledger.append('export.failed', { what: 'package', destination, reason }, [name]);
    throw error;
  }
}

/** The package is checked as its reader will check it, from the disk. One that does not verify is taken away again. */
async function verified(path: string, input: SealInput): Promise<VerificationResult> {
  const { signal } = input;
  const options = { fingerprint: input.identity.fingerprint, ...(signal === undefined ? {} : { signal }) };
  try {
    const verification = await verifyPackage(path, options);
    if (verification.verdict === 'verified') return verification;
    const failed = verification.checks.find(({ status }) => status === 'fail');
    throw new EngineError(
      'seal/not-verified',
      `The package did not verify: ${failed?.id ?? verification.verdict} ${failed?.target ?? ''} ${failed?.detail ?? ''}`,
    );
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
}

async function assemble(input: SealInput, name: string): Promise<readonly PackageFile[]> {
  const { ledger, identity } = input;
  const exhibits: ReadExhibit[] = [];
  for (const exhibit of input.exhibits) exhibits.push(await readAgain(exhibit, input));
  const evidence = exhibits.flatMap(({ files }) => files);
  const facts: SealFacts = {
    packageId: packageId(input),
    sequence: input.sequence,
    name,
    fingerprint: identity.fingerprint,
    ledger: { ...ledger.head, head: ledger.lastHash },
    exhibits: exhibits.map(({ item }) => item),
  };
  const json = evidenceJson(await input.report(facts));
  const report = packageFile('data/report/report.json', json);
  const sealed = exhibits.map(
    ({ item }): SealedExhibit => ({
      exhibit: item.exhibit,
      length: item.length,
      sha256: item.sha256,
      blocks: item.blocks,
    }),
  );
  const custody = await sealLedger(input, facts, report.sha256, sealed);
  const views = await input.views({ json, sha256: report.sha256 }, facts);
  const content = [
    ...evidence,
    ...input.files,
    report,
    ...custody.files,
    ...exhibits.map(({ checkpoint }) => checkpoint),
    ...views,
  ];
  checkPaths(content);
  const bag = bagFiles(input, facts, custody.seal, content);
  return [...bag, ...signatureFiles(input, facts, custody.seal, sealed, bag)].sort((a, b) =>
    byPath(a.path, b.path),
  );
}

interface ReadExhibit {
  readonly item: ItemFile;
  readonly checkpoint: PackageFile;
  readonly files: readonly PackageFile[];
}

/** Step 1 and 2: reads an exhibit again, records the result, and makes its item file, range table, tree and proofs. */
async function readAgain(exhibit: SealExhibit, input: SealInput): Promise<ReadExhibit> {
  const { item, leaves } = exhibit;
  const cited = input.cited.filter((record) => record.exhibit === item.exhibit);
  const digests = new Map<number, string>();
  const hasher = new FileHasher('digests and leaves');
  for await (const chunk of digestCited(exhibit.bytes(), cited, digests)) {
    input.signal?.throwIfAborted();
    hasher.update(chunk);
  }
  const { length, sha256, sha512, leaves: found } = hasher.finish();
  const same =
    length === item.length &&
    sha256 === item.sha256 &&
    sha512 === item.sha512 &&
    Buffer.compare(found, leaves) === 0;
  await input.ledger.append(
    'exhibit.verify',
    { length, sha256, sha512, result: same ? 'unchanged' : 'changed' },
    [item.exhibit],
  );
  if (!same)
    throw new EngineError(
      'seal/exhibit-changed',
      `${item.exhibit} is not what was taken in: it cannot be sealed.`,
    );

  const tree = new MerkleTree(nodePrimitives.sha256, leaves);
  const path =
    item.derived === undefined ? `data/original/${item.exhibit}/${safeName(item.name.text)}` : undefined;
  const full: ItemFile = {
    ...item,
    v: 1,
    blocks: { size: tree.size, root: toHex(tree.root) },
    ...(path === undefined ? {} : { path }),
  };
  const origin = blocksOrigin(input.caseId, item.exhibit);
  const note = signNote(
    nodePrimitives,
    checkpointText({ origin, size: tree.size, root: tree.root }),
    origin,
    input.identity.signer,
  );
  return {
    item: full,
    checkpoint: packageFile(`custody/checkpoints/${item.exhibit}.blocks`, note),
    files: [
      ...(path === undefined ? [] : [{ path, length, sha256, sha512, bytes: () => exhibit.bytes() }]),
      packageFile(`data/index/${item.exhibit}.item.json`, itemJson(full)),
      packageFile(`data/index/${item.exhibit}.ranges.jsonl`, rangesText(tiled(exhibit))),
      packageFile(`data/index/${item.exhibit}.leaves`, leaves),
      ...proofFiles(cited, digests, tree, note),
    ],
  };
}

/** The range table of an exhibit; what nobody read is one ignored range, so that every byte is accounted for. */
function tiled({ item, ranges }: SealExhibit): readonly RangeRun[] {
  if (ranges.length === 0 && item.length > 0)
    return [{ k: 'ignored', from: 0, to: item.length, code: 'not-read' }];
  const problem = tilingProblem(ranges, item.length);
  if (problem !== undefined)
    throw new EngineError('seal/ranges', `The range table of ${item.exhibit} is broken: ${problem}.`);
  return ranges;
}

/** Steps 4 and 5: the seal entry, and the ledger's files with the checkpoint over it. */
async function sealLedger(
  input: SealInput,
  facts: SealFacts,
  report: string,
  evidence: readonly SealedExhibit[],
): Promise<{ readonly seal: LedgerEntry; readonly files: readonly PackageFile[] }> {
  const { ledger, identity } = input;
  const digestOf = (folder: string) => digestOfSet(input.files.filter(({ path }) => path.startsWith(folder)));
  await ledger.append(
    'seal',
    {
      package: facts.packageId,
      sequence: input.sequence,
      report,
      evidence: evidence.map(({ exhibit, blocks }) => ({ exhibit, size: blocks.size, root: blocks.root })),
      rules: digestOf('data/rules/'),
      policies: digestOf('data/policy/'),
      queries: digestOf('data/queries/'),
    },
    [facts.name],
  );
  const text = await ledger.text();
  const lines = text.split('\n').slice(0, -1);
  const entry = readEntry(lines.at(-1) ?? '');
  if (entry?.act !== 'seal' || entry.seq !== facts.ledger.size || lines.length !== facts.ledger.size + 1) {
    throw new EngineError(
      'seal/disturbed',
      'Another act was recorded while the package was sealed. Seal it again.',
    );
  }
  const files = [
    packageFile('custody/ledger.jsonl', text),
    packageFile('custody/ledger.checkpoint', ledger.checkpoint(identity)),
    ...(await bodyFiles(ledger, lines)),
    ...input.keys.map((key) =>
      packageFile(`custody/keys/${fp16(fingerprint(nodePrimitives.sha256, key))}.pem`, publicKeyPem(key)),
    ),
    ...input.earlier.flatMap(({ sequence, checkpoint, ledgerSize }) => {
      const path = `custody/previous/${String(sequence).padStart(3, '0')}`;
      const proof = consistencyText(ledger.consistencyProof(ledgerSize));
      return [packageFile(`${path}.checkpoint`, checkpoint), packageFile(`${path}.consistency`, proof)];
    }),
  ];
  return { seal: entry, files };
}

async function bodyFiles(ledger: LedgerFile, lines: readonly string[]): Promise<readonly PackageFile[]> {
  const digests = new Set<string>();
  for (const line of lines) {
    const detail = (readEntry(line)?.body as { readonly detail?: unknown } | undefined)?.detail;
    if (typeof detail === 'string') digests.add(detail);
  }
  return Promise.all(
    [...digests].map(async (digest) =>
      packageFile(`custody/bodies/${digest}.json`, await ledger.body(digest)),
    ),
  );
}

/** Steps 6 and 7: the bag around the content, tag manifests last. */
function bagFiles(
  input: SealInput,
  facts: SealFacts,
  sealEntry: LedgerEntry,
  content: readonly PackageFile[],
): readonly PackageFile[] {
  const payload = content.filter(({ path }) => path.startsWith('data/'));
  const info = bagInfoText({
    organisation: input.organisation,
    caseId: input.caseId,
    packageId: facts.packageId,
    date: sealEntry.at.slice(0, 10),
    payload: { bytes: payload.reduce((sum, { length }) => sum + length, 0), files: payload.length },
  });
  const manifest = (files: readonly PackageFile[], algorithm: (typeof ALGORITHMS)[number]) =>
    manifestText(files.map((file) => ({ path: file.path, digest: file[algorithm] })));
  const tags = [
    ...content.filter(({ path }) => !path.startsWith('data/')),
    packageFile('bagit.txt', BAGIT_TXT),
    packageFile('bag-info.txt', info),
    packageFile(
      'VERIFY.md',
      verifyMarkdown({ caseId: input.caseId, packageId: facts.packageId, fingerprint: facts.fingerprint }),
    ),
    ...ALGORITHMS.map((algorithm) => packageFile(manifestPath(algorithm), manifest(payload, algorithm))),
  ];
  return [
    ...payload,
    ...tags,
    ...ALGORITHMS.map((algorithm) => packageFile(tagManifestPath(algorithm), manifest(tags, algorithm))),
  ];
}

/** Step 8: the statement over both tag manifests, its envelope, and the raw companions for OpenSSL. */
function signatureFiles(
  input: SealInput,
  facts: SealFacts,
  sealEntry: LedgerEntry,
  evidence: readonly SealedExhibit[],
  bag: readonly PackageFile[],
): readonly PackageFile[] {
  const { identity } = input;
  const tagManifests = new Set(ALGORITHMS.map(tagManifestPath));
  const statement: Statement = {
    subject: bag
      .filter(({ path }) => tagManifests.has(path))
      .map(({ path, sha256, sha512 }) => ({ name: path, digest: { sha256, sha512 } })),
    predicate: {
      package: facts.packageId,
      case: input.caseId,
      sequence: input.sequence,
      supersedes: input.supersedes ?? null,
      profile: '1',
      tool: input.tool,
      sealedAt: sealEntry.at,
      ledger: input.ledger.head,
      evidence,
      signer: { role: identity.role },
    },
  };
  const payload = nodePrimitives.text.encode(statementJson(statement));
  const covered = pae(nodePrimitives, STATEMENT_MEDIA_TYPE, payload);
  const name = fp16(identity.fingerprint);
  return [
    packageFile('signatures/statement.json', payload),
    packageFile('signatures/statement.pae', covered),
    packageFile(
      `signatures/${name}.dsse.json`,
      signEnvelope(nodePrimitives, STATEMENT_MEDIA_TYPE, payload, identity.fingerprint, identity.signer),
    ),
    packageFile(`signatures/${name}.sig`, identity.signer.sign(covered)),
  ];
}

/** Digest of a set of files: SHA-256 of their manifest. */
function digestOfSet(files: readonly PackageFile[]): string {
  return createHash('sha256')
    .update(manifestText(files.map(({ path, sha256 }) => ({ path, digest: sha256 }))))
    .digest('hex');
}

/** Package id: the case and the number decide it (EVIDENCE §9). */
function packageId({ caseId, sequence }: SealInput): string {
  return uuid5(caseId, String(sequence));
}

/** What other parts hand in is placed by them: a bad or doubled path is a bug there and never reaches a package. */
function checkPaths(files: readonly PackageFile[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    const twin = path.toLowerCase();
    if (pathProblem(path) !== undefined || seen.has(twin))
      throw new Error(`${path} cannot stand in a package`);
    seen.add(twin);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
