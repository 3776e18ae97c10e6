import { PROFILE } from '../bag.ts';
import { type CheckResult, Findings } from './check.ts';
import { CHECK_MEANING } from './check-meaning.ts';
import { CHECKS } from './checks/index.ts';
import { readSigners, type SignerReading } from './checks/key-trust.ts';
import { PackageContents, TooLarge } from './package-contents.ts';
import type { PackageReader } from './package-reader.ts';
import type { VerifierHost, VerifyOptions } from './verifier-host.ts';

/**
 * 0 verified and signer trusted, 1 at least one check failed, 3 intact but not trusted, 4 not a package or another profile.
 * 2, usage or I/O error, is the shell's: it is an exception here.
 */
export type ExitCode = 0 | 1 | 3 | 4;
export type Verdict = 'verified' | 'failed' | 'not-trusted' | 'not-a-package';

/** What `--json` prints (EVIDENCE §15). */
export interface VerificationResult {
  readonly profile: string;
  readonly verdict: Verdict;
  readonly exit: ExitCode;
  /** Package digest: SHA-256 of `tagmanifest-sha256.txt`; empty when there is none. */
  readonly package: string;
  /** Every check id of the profile at least once, sorted by id and target. */
  readonly checks: readonly CheckResult[];
  readonly signers: readonly SignerReading[];
  readonly timestamps: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

/** Failing only this leaves the package intact but nobody's. */
const TRUST_ID = 'signature/untrusted-key';

/**
 * Verifies a package: reads every byte once, runs every check even after a failure, and never believes a key because the package
 * brought it. Throws only on I/O errors and on abort.
 */
export async function verifyPackageContents(
  reader: PackageReader,
  host: VerifierHost,
  options: VerifyOptions = {},
): Promise<VerificationResult> {
  const contents = await PackageContents.read(reader, host, options);
  const foreign = foreignReason(contents);
  if (foreign !== undefined) return notAPackage(contents, foreign);
  const findings = new Findings();
  for (const check of CHECKS) {
    options.signal?.throwIfAborted();
    try {
      await check.run(contents, findings);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      for (const id of check.ids) findings.skip(id, '', error.message);
    }
  }
  const checks = complete(findings.results);
  const signers = await readSigners(contents);
  const verdict = judge(contents, checks, signers);
  return { ...result(contents, verdict, checks), signers };
}

/** Every id of the profile in one sorted list: what no check reported on passed. */
function complete(results: readonly CheckResult[]): readonly CheckResult[] {
  const reported = new Set(results.map(({ id }) => id));
  const passed = CHECKS.flatMap(({ ids }) => ids)
    .filter((id) => !reported.has(id))
    .map((id): CheckResult => ({ id, status: 'pass', target: '', detail: CHECK_MEANING[id] ?? '' }));
  const key = ({ id, target, detail }: CheckResult) => `${id}\0${target}\0${detail}`;
  return [...results, ...passed].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function judge(
  contents: PackageContents,
  checks: readonly CheckResult[],
  signers: readonly SignerReading[],
): Verdict {
  const failed = checks.filter(({ status }) => status === 'fail');
  if (failed.some(({ id }) => id !== TRUST_ID)) return 'failed';
  const stampMissing = contents.expectations.trust?.requireTimestamp === true;
  return failed.length > 0 || stampMissing || !signers.some(({ trusted }) => trusted)
    ? 'not-trusted'
    : 'verified';
}

const EXITS: Readonly<Record<Verdict, ExitCode>> = {
  verified: 0,
  failed: 1,
  'not-trusted': 3,
  'not-a-package': 4,
};

function result(
  contents: PackageContents,
  verdict: Verdict,
  checks: readonly CheckResult[],
): VerificationResult {
  const count = (status: CheckResult['status']) => checks.filter((check) => check.status === status).length;
  return {
    profile: PROFILE,
    verdict,
    exit: EXITS[verdict],
    package: contents.files.get('tagmanifest-sha256.txt')?.sha256 ?? '',
    checks,
    signers: [],
    timestamps: [],
    counts: {
      files: contents.files.size,
      bytes: [...contents.files.values()].reduce((sum, { length }) => sum + length, 0),
      exhibits: contents.exhibits.size,
      records: contents.proofs.size,
      pass: count('pass'),
      fail: count('fail'),
      warn: count('warn'),
      notChecked: count('not-checked'),
    },
  };
}

/** Why this is no package of this profile, if it is none. A damaged package is one still: any two of its marks are enough. */
function foreignReason(contents: PackageContents): string | undefined {
  const stated = contents.bagInfo.values.get('DB-Witness-Profile');
  if (stated !== undefined)
    return stated === PROFILE ? undefined : `profile ${stated} is not known to this version`;
  const marks = ['bagit.txt', 'manifest-sha256.txt', 'custody/ledger.jsonl', 'data/report/report.json'];
  return marks.filter((path) => contents.has(path)).length > 2
    ? undefined
    : 'this is not a package of DB Witness';
}

function notAPackage(contents: PackageContents, reason: string): VerificationResult {
  const findings = new Findings();
  for (const { id, target, detail } of contents.problems) findings.fail(id, target, detail);
  const failed = new Set(findings.results.map(({ id }) => id));
  for (const id of CHECKS.flatMap(({ ids }) => ids)) if (!failed.has(id)) findings.skip(id, '', reason);
  return result(contents, 'not-a-package', complete(findings.results));
}
