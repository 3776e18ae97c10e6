import { ACTS, type Act, type ActBody, isAct } from './acts.ts';
import {
  canonicalJson,
  evidenceJson,
  isJsonObject,
  type JsonObject,
  readCanonicalJson,
} from './canonical-json.ts';
import { fromBase64, toBase64, toHex } from './encoding.ts';
import { leafHash } from './merkle.ts';
import type { Primitives, Signer } from './primitives.ts';

/** Longest body that stands in the entry itself, in bytes of JSON; larger ones go to a body file (EVIDENCE §5). */
export const MAX_BODY_BYTES = 65_536;

/** Who acts. `key` is the fingerprint of the unlocked identity, `null` while none is: then `name` is the account's. */
export interface Actor {
  readonly key: string | null;
  readonly name: string;
  readonly role: string;
}

/** What an act says, before it has its place in the ledger. */
interface ActOf<A extends Act> {
  readonly act: A;
  /** Ids of the things acted on: exhibits, records, findings. */
  readonly object: readonly string[];
  readonly body: ActBody<A>;
}
/** One act of the closed list with its body. */
export type ActRecord = { [A in Act]: ActOf<A> }[Act];

/** What surrounds an act: the ISO/IEC 27037 minimum record (EVIDENCE §5). */
export interface EntryFrame {
  readonly v: 1;
  readonly seq: number;
  /** Hash of the entry before, in hex; of entry 0: `genesis`. */
  readonly prev: string;
  readonly case: string;
  readonly actor: Actor;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  /** Milliseconds of a monotonic clock, in decimal. */
  readonly mono: string;
  readonly authority: string;
  readonly purpose: string;
  readonly place: string;
  /** Version and commit of the program. */
  readonly tool: string;
}
export type UnsignedEntry = EntryFrame & ActRecord;
/** One line of the ledger. `sig` is base 64, or null while no identity was unlocked. */
export type LedgerEntry = UnsignedEntry & { readonly sig: string | null };

/** `prev` of entry 0: binds the ledger to its case. */
export function genesis({ text, sha256 }: Primitives, caseId: string): string {
  return toHex(sha256(text.encode(`dbwitness-ledger-v1\n${caseId}`)));
}

/** What the Ed25519 signature of an entry covers; the prefix keeps it from being replayed in another role. */
export function signingBytes({ text }: Primitives, entry: UnsignedEntry): Uint8Array {
  const { sig: _, ...unsigned } = entry as LedgerEntry;
  return text.encode(`dbwitness-ledger-entry-v1\n${canonicalJson(unsigned as unknown as JsonObject)}`);
}

/**
 * What the new key signs in a `key.rotate` (its `newSig`, base 64): the entry without either signature. The old key signs the entry
 * as any other, `newSig` with it: both hold the change (EVIDENCE §7).
 */
export function rotationBytes(
  { text }: Primitives,
  entry: UnsignedEntry & { act: 'key.rotate' },
): Uint8Array {
  const { sig: _, ...unsigned } = entry as LedgerEntry & { act: 'key.rotate' };
  const { newSig: __, ...body } = unsigned.body;
  return text.encode(
    `dbwitness-key-rotate-v1\n${canonicalJson({ ...unsigned, body } as unknown as JsonObject)}`,
  );
}

/** The line of an entry, without LF. Signed when there is a signer, which must be the actor's own. */
export function entryLine(tools: Primitives, entry: UnsignedEntry, signer: Signer | undefined): string {
  const sig = signer === undefined ? null : toBase64(signer.sign(signingBytes(tools, entry)));
  return evidenceJson({ ...entry, sig } as unknown as JsonObject);
}

/** Hash of an entry: RFC 6962 leaf hash of its line without LF, signature included. */
export function entryHash({ text, sha256 }: Primitives, line: string): Uint8Array {
  return leafHash(sha256, text.encode(line));
}

/** The entry of a line; undefined when the line is not canonical, has a member too many or few, or names no known act. */
export function readEntry(line: string): LedgerEntry | undefined {
  // Members are in order. Many lines of something else would take the parser's refusals, which are slow, many seconds.
  if (!line.startsWith('{"act":"') || !line.endsWith('","v":1}')) return undefined;
  // Members of canonical text stand in their order.
  const value = readCanonicalJson(line);
  if (!isJsonObject(value) || Object.keys(value).join() !== MEMBERS) return undefined;
  const { act, actor, body, object, seq, sig, v } = value;
  const texts = [
    value.prev,
    value.case,
    value.at,
    value.mono,
    value.authority,
    value.purpose,
    value.place,
    value.tool,
  ];
  const fits =
    v === 1 &&
    Number.isSafeInteger(seq) &&
    texts.every((t) => typeof t === 'string') &&
    isActor(actor) &&
    isAct(act) &&
    isJsonObject(body) &&
    ACTS[act].every((key) => Object.hasOwn(body, key)) &&
    Array.isArray(object) &&
    object.every((id) => typeof id === 'string') &&
    (sig === null || isSignature(sig)) &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value.at));
  return fits ? (value as unknown as LedgerEntry) : undefined;
}

/** Whether `value` is a signature as it is written: canonical base 64 of 64 bytes. */
export function isSignature(value: unknown): value is string {
  return typeof value === 'string' && value.length === 88 && fromBase64(value)?.length === 64;
}

const MEMBERS = 'act,actor,at,authority,body,case,mono,object,place,prev,purpose,seq,sig,tool,v';

function isActor(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    Object.keys(value).join() === 'key,name,role' &&
    (value.key === null || typeof value.key === 'string') &&
    typeof value.name === 'string' &&
    typeof value.role === 'string'
  );
}
