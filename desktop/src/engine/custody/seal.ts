import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { evidenceJson } from '@dbwitness/shared/evidence/canonical-json.ts';
import { byPath, pathProblem } from '@dbwitness/shared/evidence/path-name.ts';
import type { SealedExhibit } from '@dbwitness/shared/evidence/statement.ts';
import { uuid5 } from '@dbwitness/shared/evidence/uuid5.ts';
import type { VerificationResult } from '@dbwitness/shared/evidence/verify/verify-package.ts';
import { verifyPackage } from '../../verify/verify-package.ts';
import { EngineError, systemCode } from '../engine-error.ts';
import { nodeUuidTools } from '../node-uuid-tools.ts';
import { type PackageFile, packageFile } from './package-file.ts';
import { bagFiles, signatureFiles } from './seal-bag.ts';
import { readAgain, type SealedAgain } from './seal-exhibit.ts';
import type { SealedPackage, SealFacts, SealInput } from './seal-input.ts';
import { sealLedger } from './seal-ledger.ts';
import { writeFolder } from './write-folder.ts';
import { writeZip } from './write-zip.ts';

export type { EarlierPackage, SealExhibit, SealedPackage, SealFacts, SealInput } from './seal-input.ts';

/**
 * Seals a case into a package, in the order of EVIDENCE §9. The ledger tells of it whatever happens: `export.begin`, then
 * `export.done` with the digest, or `export.failed` and no package. Nobody else may append to the ledger meanwhile.
 */
export async function seal(input: SealInput): Promise<SealedPackage> {
  const { ledger, form } = input;
  const name = `${input.slug}-${String(input.sequence).padStart(3, '0')}`;
  const path = join(input.target, form === 'zip' ? `${name}.zip` : name);
  const destination = form;
  if (await exists(path)) throw new EngineError('seal/exists', `There is a package ${name} already.`);
  await ledger.append('export.begin', { what: 'package', destination }, [name]);
  try {
    const files = await assemble(input, name);
    const { signal } = input;
    if (form === 'zip') await writeZip(path, name, files, signal);
    else await writeFolder(path, files, signal);
    const verification = await verified(path, input);
    await input.keep?.(path);
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
    // Nothing stays behind that the ledger does not call done. What made it fail is told, also where that fails in turn.
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
    await ledger
      .append('export.failed', { what: 'package', destination, reason }, [name])
      .catch(() => undefined);
    throw error;
  }
}

/** The package is checked as its reader will check it, from the disk. */
async function verified(path: string, input: SealInput): Promise<VerificationResult> {
  const { signal } = input;
  const options = { fingerprint: input.identity.fingerprint, ...(signal === undefined ? {} : { signal }) };
  const verification = await verifyPackage(path, options);
  if (verification.verdict === 'verified') return verification;
  const failed = verification.checks.find(({ status }) => status === 'fail');
  throw new EngineError(
    'seal/not-verified',
    `The package did not verify: ${failed?.id ?? verification.verdict} ${failed?.target ?? ''} ${failed?.detail ?? ''}`,
  );
}

async function assemble(input: SealInput, name: string): Promise<readonly PackageFile[]> {
  const { ledger, identity } = input;
  const exhibits: SealedAgain[] = [];
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

/** Package id: the case and the number decide it (EVIDENCE §9). */
function packageId({ caseId, sequence }: SealInput): string {
  return uuid5(caseId, String(sequence), nodeUuidTools);
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
