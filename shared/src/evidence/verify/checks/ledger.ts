import { ledgerOrigin } from '../../checkpoint.ts';
import { readConsistency } from '../../consistency-file.ts';
import { fromHex, toHex } from '../../encoding.ts';
import { keyRing, type LedgerReading, ledgerHead, MAX_BAD_SIGNATURES, readLedger } from '../../ledger.ts';
import type { LedgerEntry } from '../../ledger-entry.ts';
import { verifyConsistency } from '../../merkle.ts';
import type { TreeHead } from '../../statement.ts';
import type { Check, Findings } from '../check.ts';
import type { PackageContents } from '../package-contents.ts';
import { readCheckpointFile } from '../read-checkpoint.ts';
import { ledgerLines, MAX_LEDGER_LINES } from '../seal-entry.ts';

const LEDGER = 'custody/ledger.jsonl';
const CHECKPOINT = 'custody/ledger.checkpoint';

/** Entries named one by one with what is wrong with them, for each check; what comes after is counted. */
const NAMED_ENTRIES = 100;

/** The ledger is whole: signed, chained, of this case, not cut, and a continuation of what was seen before (EVIDENCE §5). */
export const ledger: Check = {
  ids: [
    'ledger/body',
    'ledger/chain',
    'ledger/clock-backwards',
    'ledger/genesis',
    'ledger/inconsistent-with-earlier',
    'ledger/sequence',
    'ledger/shorter-than-checkpoint',
    'ledger/signature',
    'ledger/unsigned',
  ],
  async run(contents, findings) {
    const read = await ledgerLines(contents);
    if (read === undefined || read === 'too long') {
      // An unreadable ledger is no ledger of acts; left at "not checked", one bad byte would silence every check of it.
      const reason = !contents.has(LEDGER)
        ? 'there is no ledger'
        : read === 'too long'
          ? `the ledger has more than ${MAX_LEDGER_LINES} lines: it was not read`
          : 'the ledger is not UTF-8';
      if (contents.has(LEDGER)) findings.fail('ledger/sequence', LEDGER, reason);
      for (const id of this.ids.filter((id) => id !== 'ledger/sequence' || !contents.has(LEDGER))) {
        findings.skip(id, LEDGER, reason);
      }
      return;
    }
    const { lines, torn, entries } = read;
    const trusted = contents.expectations.trust?.keys.map((key) => key.publicKey) ?? [];
    const keys = keyRing(contents.host.sha256, [...contents.keys.values(), ...trusted]);
    const { host, caseId, signal } = contents;
    const reading = await readLedger(host, host.verify, lines, { caseId, keys, entries }, signal);
    if (torn !== '') findings.fail('ledger/sequence', LEDGER, 'the last line has no end');
    report(contents, reading, findings);
    await compareHeads(contents, reading, findings);
    await compareEarlier(contents, reading, findings);
    await checkBodies(contents, reading, findings);
  },
};

function report(contents: PackageContents, reading: LedgerReading, findings: Findings): void {
  const counts = new Map<
    string,
    { readonly id: string; readonly status: 'fail' | 'warn' | 'skip'; count: number }
  >();
  const named = (status: 'fail' | 'warn' | 'skip', id: string): boolean => {
    const counted = counts.get(`${status} ${id}`) ?? { id, status, count: 0 };
    counts.set(`${status} ${id}`, counted);
    counted.count++;
    return counted.count <= NAMED_ENTRIES;
  };
  const target = (seq: number) => `${LEDGER}#${reading.entries[seq]?.seq ?? seq}`;
  for (const { id, seq, detail, expected, actual } of reading.problems) {
    const status = id === 'ledger/unsigned' || id === 'ledger/clock-backwards' ? 'warn' : 'fail';
    if (!named(status, id)) continue;
    if (status === 'warn') findings.warn(id, target(seq), detail);
    else
      findings.fail(id, target(seq), detail, {
        ...(expected === undefined ? {} : { expected }),
        ...(actual === undefined ? {} : { actual }),
      });
  }
  const tooMany = reading.signatures.filter((state) => state === 'invalid').length >= MAX_BAD_SIGNATURES;
  reading.signatures.forEach((state, seq) => {
    if (state !== 'not-checked' && state !== 'unknown-key') return;
    const status = state === 'not-checked' || contents.badKeys.length > 0 ? 'skip' : 'fail';
    if (!named(status, 'ledger/signature')) return;
    const detail =
      state === 'not-checked'
        ? tooMany
          ? `not checked after ${MAX_BAD_SIGNATURES} bad signatures`
          : 'no Ed25519 here to check signatures'
        : `the key ${reading.entries[seq]?.actor.key} that it names is not at hand`;
    findings[status]('ledger/signature', target(seq), detail);
  });
  for (const { id, status, count } of counts.values()) {
    const more = count - NAMED_ENTRIES;
    if (more > 0) findings[status](id, LEDGER, `${more} more entries like these`);
  }
}

async function compareHeads(
  contents: PackageContents,
  reading: LedgerReading,
  findings: Findings,
): Promise<void> {
  const last = reading.entries.at(-1);
  if (last?.act !== 'seal') {
    const detail = `the last entry is ${last?.act ?? 'unreadable'}, not the seal`;
    // An unreadable last line is not a cut one.
    if (last !== undefined || reading.entries.length === 0)
      findings.fail('ledger/shorter-than-checkpoint', LEDGER, detail);
  }
  const sealed = contents.statement?.predicate.ledger;
  if (sealed !== undefined) compareHead(contents, reading, sealed, 'the signed statement', findings);
  if (!contents.has(CHECKPOINT)) {
    findings.skip('ledger/shorter-than-checkpoint', CHECKPOINT, 'there is no checkpoint');
    return;
  }
  const checkpoint = await readCheckpointFile(contents, CHECKPOINT, ledgerOrigin(contents.caseId));
  if (checkpoint.problem !== undefined)
    findings[checkpoint.status]('ledger/signature', CHECKPOINT, checkpoint.problem);
  if (checkpoint.head !== undefined)
    compareHead(contents, reading, checkpoint.head, 'the checkpoint', findings);
}

function compareHead(
  contents: PackageContents,
  reading: LedgerReading,
  head: TreeHead,
  whose: string,
  findings: Findings,
): void {
  const size = reading.entries.length;
  if (size < head.size) {
    findings.fail('ledger/shorter-than-checkpoint', LEDGER, `the ledger is shorter than ${whose} says`, {
      expected: String(head.size),
      actual: String(size),
    });
    return;
  }
  if (size > head.size)
    findings.fail('ledger/sequence', LEDGER, `${size - head.size} entries follow what ${whose} covers`);
  const { root } = ledgerHead(contents.host.sha256, reading.hashes, head.size);
  if (root !== head.root) {
    findings.fail('ledger/chain', LEDGER, `the entries are not those that ${whose} covers`, {
      expected: head.root,
      actual: root,
    });
  }
}

async function compareEarlier(
  contents: PackageContents,
  reading: LedgerReading,
  findings: Findings,
): Promise<void> {
  const id = 'ledger/inconsistent-with-earlier';
  const earlier = contents.expectations.earlierHeads ?? [];
  const size = reading.entries.length;
  for (const head of earlier) {
    const root =
      head.size <= size ? ledgerHead(contents.host.sha256, reading.hashes, head.size).root : undefined;
    if (root === head.root) continue;
    const detail =
      root === undefined
        ? `the ledger is shorter than ${head.from} saw it`
        : `the ledger is not a continuation of ${head.from}`;
    findings.fail(id, LEDGER, detail, {
      expected: `${head.size}:${head.root}`,
      actual: `${size}${root === undefined ? '' : `:${root}`}`,
    });
  }
  const now = ledgerHead(contents.host.sha256, reading.hashes);
  for (const path of contents.paths('custody/previous/', '.checkpoint')) {
    const { head, problem, status } = await readCheckpointFile(contents, path, ledgerOrigin(contents.caseId));
    if (problem !== undefined) findings[status](id, path, problem);
    if (head === undefined) continue;
    const proofPath = path.replace(/\.checkpoint$/, '.consistency');
    const proof = readConsistency((await contents.text(proofPath)) ?? '-');
    const [was, is] = [fromHex(head.root), fromHex(now.root)];
    const follows =
      proof !== undefined &&
      was !== undefined &&
      is !== undefined &&
      verifyConsistency(contents.host.sha256, head.size, was, now.size, is, proof);
    if (!follows) findings.fail(id, path, 'the ledger is not shown to continue this earlier one');
  }
  if (earlier.length === 0) {
    findings.skip(
      id,
      LEDGER,
      'a cut by the key holder shows only against an older package or a noted head: none was given',
    );
  }
}

async function checkBodies(
  contents: PackageContents,
  { entries }: LedgerReading,
  findings: Findings,
): Promise<void> {
  for (const entry of entries) {
    const digest = bodyDigest(entry);
    if (entry === undefined || digest === undefined) continue;
    const path = `custody/bodies/${digest}.json`;
    const bytes = await contents.bytes(path);
    const target = `${LEDGER}#${entry.seq}`;
    if (bytes === undefined) {
      const listed = [...contents.tagManifests.values()].some(({ lines }) => lines.has(path));
      // Listed and gone is tag/missing; withheld bodies are listed by a redaction, which this profile has a place for.
      if (!listed) findings.fail('ledger/body', target, `${path} is not there and not listed as withheld`);
    } else {
      const actual = toHex(contents.host.sha256(bytes));
      if (actual !== digest)
        findings.fail('ledger/body', target, `${path} was altered`, { expected: digest, actual });
    }
  }
}

/** Digest of the body file of an entry, where its body stands apart. */
function bodyDigest(entry: LedgerEntry | undefined): string | undefined {
  const detail = (entry?.body as { readonly detail?: unknown } | undefined)?.detail;
  return typeof detail === 'string' && /^[0-9a-f]{64}$/.test(detail) ? detail : undefined;
}
