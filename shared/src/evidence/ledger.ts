import { fromBase64, toHex } from './encoding.ts';
import { fingerprint } from './key.ts';
import {
  entryHash,
  genesis,
  isSignature,
  type LedgerEntry,
  readEntry,
  rotationBytes,
  signingBytes,
} from './ledger-entry.ts';
import { HASH_BYTES, MerkleTree } from './merkle.ts';
import type { Cancellation, Primitives, Sha256, VerifySignature } from './primitives.ts';
import type { TreeHead } from './statement.ts';

/** What a ledger can have wrong with itself; ids are the verifier's. */
export interface LedgerProblem {
  readonly id:
    | 'ledger/chain'
    | 'ledger/clock-backwards'
    | 'ledger/genesis'
    | 'ledger/sequence'
    | 'ledger/signature'
    | 'ledger/unsigned';
  /** Place in the file, from 0, which is `seq` in an intact ledger. */
  readonly seq: number;
  readonly detail: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** Signatures found bad before the rest of a ledger is left unchecked: each costs a hundred times what its line does. */
export const MAX_BAD_SIGNATURES = 1000;

/** State of one entry's signature. `unknown-key`: the key it names was not at hand; `not-checked`: the host has no Ed25519, or too many were bad. */
export type SignatureState = 'valid' | 'invalid' | 'unsigned' | 'adopted' | 'unknown-key' | 'not-checked';

/** A ledger as read: every line, the entry in it where it is one, its hash and the state of its signature. */
export interface LedgerReading {
  readonly entries: readonly (LedgerEntry | undefined)[];
  readonly hashes: Uint8Array;
  readonly signatures: readonly SignatureState[];
  readonly problems: readonly LedgerProblem[];
}

/** What a ledger is checked against. `keys` maps fingerprints to raw public keys. */
export interface LedgerContext {
  readonly caseId: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
  /** The entries of the lines, where they were read already. */
  readonly entries?: readonly (LedgerEntry | undefined)[];
}

/** Reads and checks a whole ledger: form, chain, order, signatures, adoption (EVIDENCE §5). Never throws on what the lines hold. */
export async function readLedger(
  tools: Primitives,
  verify: VerifySignature,
  lines: readonly string[],
  context: LedgerContext,
  signal?: Cancellation,
): Promise<LedgerReading> {
  const entries = context.entries ?? lines.map(readEntry);
  const hashes = new Uint8Array(lines.length * HASH_BYTES);
  const signatures: SignatureState[] = [];
  const problems: LedgerProblem[] = [];
  let prev = genesis(tools, context.caseId);
  let bad = 0;
  for (const [seq, line] of lines.entries()) {
    signal?.throwIfAborted();
    const entry = entries[seq];
    problems.push(...placeProblems(entry, entries[seq - 1], seq, prev, context.caseId));
    const check = bad < MAX_BAD_SIGNATURES ? verify : () => undefined;
    const state = await signatureState(tools, check, entry, context.keys);
    if (state === 'invalid') bad++;
    signatures.push(state);
    if (entry?.act === 'key.rotate') {
      const detail = await rotationFault(tools, check, entry, context.keys);
      if (detail !== undefined)
        problems.push({ id: 'ledger/signature', seq, detail: `entry ${entry.seq} ${detail}` });
    }
    const hash = entryHash(tools, line);
    hashes.set(hash, seq * HASH_BYTES);
    prev = toHex(hash);
  }
  adopt(entries, signatures);
  signatures.forEach((state, seq) => {
    const problem = signatureProblem(state, entries[seq], seq);
    if (problem !== undefined) problems.push(problem);
  });
  return { entries, hashes, signatures, problems };
}

/** Size and root of the tree over the first `size` entries; all of them by default. */
export function ledgerHead(sha256: Sha256, hashes: Uint8Array, size = hashes.length / HASH_BYTES): TreeHead {
  return { size, root: toHex(new MerkleTree(sha256, hashes.subarray(0, size * HASH_BYTES)).root) };
}

/** Lines of a ledger file. What follows the last LF is a torn line and returned apart. */
export function splitLedger(text: string): { readonly lines: readonly string[]; readonly torn: string } {
  const lines = text.split('\n');
  return { torn: lines.pop() ?? '', lines };
}

/** Keys by fingerprint, from a list of raw keys. */
export function keyRing(sha256: Sha256, keys: Iterable<Uint8Array>): ReadonlyMap<string, Uint8Array> {
  return new Map(Array.from(keys, (key) => [fingerprint(sha256, key), key]));
}

function placeProblems(
  entry: LedgerEntry | undefined,
  before: LedgerEntry | undefined,
  seq: number,
  prev: string,
  caseId: string,
): readonly LedgerProblem[] {
  if (entry === undefined)
    return [{ id: 'ledger/sequence', seq, detail: `line ${seq + 1} is not a ledger entry` }];
  const problems: LedgerProblem[] = [];
  // Compared with the entry before, not with the place: one removed entry is one finding and not one for each that follows.
  const next = seq === 0 ? 0 : (before?.seq ?? seq - 1) + 1;
  if (entry.seq !== next) {
    const detail = `entry ${entry.seq} stands where entry ${next} belongs`;
    problems.push({ id: 'ledger/sequence', seq, detail, expected: String(next), actual: String(entry.seq) });
  }
  if (entry.case !== caseId) {
    problems.push({
      id: 'ledger/genesis',
      seq,
      detail: `entry ${entry.seq} is of another case`,
      expected: caseId,
      actual: entry.case,
    });
  }
  if (entry.prev !== prev) {
    const detail =
      seq === 0
        ? 'the ledger does not begin with this case'
        : `entry ${entry.seq} does not follow from the entry before it`;
    problems.push({
      id: seq === 0 ? 'ledger/genesis' : 'ledger/chain',
      seq,
      detail,
      expected: prev,
      actual: entry.prev,
    });
  }
  if (before !== undefined && entry.at < before.at) {
    problems.push({
      id: 'ledger/clock-backwards',
      seq,
      detail: `the clock stepped back from ${before.at} to ${entry.at}`,
    });
  }
  return problems;
}

async function signatureState(
  tools: Primitives,
  verify: VerifySignature,
  entry: LedgerEntry | undefined,
  keys: ReadonlyMap<string, Uint8Array>,
): Promise<SignatureState> {
  if (entry === undefined) return 'invalid';
  if (entry.sig === null) return entry.actor.key === null ? 'unsigned' : 'invalid';
  const key = entry.actor.key === null ? undefined : keys.get(entry.actor.key);
  if (key === undefined) return entry.actor.key === null ? 'invalid' : 'unknown-key';
  const good = await verify(key, signingBytes(tools, entry), fromBase64(entry.sig) ?? new Uint8Array(0));
  if (good === undefined) return 'not-checked';
  return good ? 'valid' : 'invalid';
}

/** What is wrong with a change of keys, which both must have signed; undefined where nothing is, or the host cannot tell. */
async function rotationFault(
  tools: Primitives,
  verify: VerifySignature,
  entry: LedgerEntry & { act: 'key.rotate' },
  keys: ReadonlyMap<string, Uint8Array>,
): Promise<string | undefined> {
  const { old, new: next, newSig } = entry.body;
  if (entry.actor.key === null || entry.actor.key !== old)
    return 'replaces another key than the one that signed it';
  const key = typeof next === 'string' ? keys.get(next) : undefined;
  if (key === undefined) return `names a new key that is not at hand: ${next}`;
  if (!isSignature(newSig)) return 'is not signed by the new key';
  const good = await verify(key, rotationBytes(tools, entry), fromBase64(newSig) ?? new Uint8Array(0));
  return good === false ? 'is not signed by the new key' : undefined;
}

/** Unsigned entries named by a later, validly signed `ledger.adopt` are somebody's: its signature covers them through the chain. */
function adopt(entries: readonly (LedgerEntry | undefined)[], signatures: SignatureState[]): void {
  entries.forEach((entry, seq) => {
    if (entry?.act !== 'ledger.adopt' || signatures[seq] !== 'valid') return;
    const { from, to } = entry.body;
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return;
    for (let i = Math.max(0, Number(from)); i <= Math.min(Number(to), seq - 1); i++) {
      if (signatures[i] === 'unsigned') signatures[i] = 'adopted';
    }
  });
}

function signatureProblem(
  state: SignatureState,
  entry: LedgerEntry | undefined,
  seq: number,
): LedgerProblem | undefined {
  const name = `entry ${entry?.seq ?? seq}`;
  if (state === 'unsigned')
    return { id: 'ledger/unsigned', seq, detail: `${name} is unsigned and was never adopted` };
  if (state === 'invalid')
    return { id: 'ledger/signature', seq, detail: `the signature of ${name} is not good` };
  return undefined;
}
