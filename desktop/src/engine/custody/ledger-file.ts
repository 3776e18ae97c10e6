import { createHash, randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Act, ActBody } from '@dbwitness/shared/evidence/acts.ts';
import { evidenceJson, type Json } from '@dbwitness/shared/evidence/canonical-json.ts';
import { checkpointText, ledgerOrigin } from '@dbwitness/shared/evidence/checkpoint.ts';
import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import { keyRing, type LedgerReading, readLedger, splitLedger } from '@dbwitness/shared/evidence/ledger.ts';
import {
  entryHash,
  entryLine,
  genesis,
  type LedgerEntry,
  MAX_BODY_BYTES,
  readEntry,
  type UnsignedEntry,
} from '@dbwitness/shared/evidence/ledger-entry.ts';
import { GrowingTree, MerkleTree, packHashes } from '@dbwitness/shared/evidence/merkle.ts';
import { signNote } from '@dbwitness/shared/evidence/note.ts';
import type { TreeHead } from '@dbwitness/shared/evidence/statement.ts';
import { nodePrimitives, nodeVerify } from '../../verify/node-host.ts';
import { privateFolder, syncFolder, writeDurably } from '../case/durable-file.ts';
import type { Ledger, LedgerSummary } from '../case/ledger.ts';
import { EngineError, systemCode } from '../engine-error.ts';
import type { UnlockedIdentity } from './identity.ts';

const LF = 0x0a;

/** What the ledger asks its case for, at every entry. */
export interface LedgerParts {
  readonly caseId: string;
  /** Version and commit of the program. */
  readonly tool: string;
  /** RFC 3339, UTC, with milliseconds. */
  now(): string;
  /** Milliseconds of a monotonic clock. */
  mono(): bigint;
  /** Name of the operating system's account: who acts while no identity is unlocked. */
  readonly account: string;
  identity(): UnlockedIdentity | undefined;
  /** Default authority, purpose and place, of the case header. */
  circumstances(): Circumstances;
  /** Public keys that signed in this case, raw. */
  keys(): readonly Uint8Array[];
  /** Salt of body files; random but in tests. */
  random?(count: number): Uint8Array;
}

/** Why, by what authority and where (ISO/IEC 27037). */
export interface Circumstances {
  readonly authority: string;
  readonly purpose: string;
  readonly place: string;
}

/** What an entry says beyond its act. */
export interface AppendOptions extends Partial<Circumstances> {
  /** Free text, query text, values from evidence: goes to a body file of its own, which can be withheld later. */
  readonly detail?: Json;
}

/**
 * A case's custody ledger on disk (EVIDENCE §5): `ledger.jsonl` and `bodies/` in one folder. Appends are in order, synced to disk
 * before they return, and one at a time. The case's lock keeps other processes away; a file that grew meanwhile is refused.
 */
export class LedgerFile implements Ledger {
  private readonly folder: string;
  private readonly parts: LedgerParts;
  private readonly tree = new GrowingTree(nodePrimitives.sha256);
  private readonly hashes: Uint8Array[] = [];
  private readonly intakes = new Map<string, number>();
  private bytes = 0;
  private last: string;
  /** Entries without a signature that no later one has adopted. */
  private readonly unsigned = new Set<number>();
  private condition: LedgerSummary['state'] = 'intact';
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, parts: LedgerParts) {
    this.folder = folder;
    this.parts = parts;
    this.last = genesis(nodePrimitives, parts.caseId);
  }

  /** Opens or begins the ledger in `folder`. A torn last line, left by a crash, is moved aside and recorded, never dropped. */
  static async open(folder: string, parts: LedgerParts): Promise<LedgerFile> {
    await privateFolder(join(folder, 'bodies'));
    const ledger = new LedgerFile(folder, parts);
    const content = await ledger.content();
    // Counted in bytes of the file: a byte that is not UTF-8 has another length once it is text.
    const whole = content.lastIndexOf(LF) + 1;
    const { lines } = splitLedger(content.toString('utf8', 0, whole));
    for (const [seq, line] of lines.entries()) {
      const entry = readEntry(line);
      if (entry?.seq !== seq || entry.prev !== ledger.last || entry.case !== parts.caseId)
        ledger.condition = 'broken';
      ledger.add(line, entry);
    }
    ledger.bytes = whole;
    if (whole < content.length) await ledger.recover();
    return ledger;
  }

  /** Number of entries and root of the tree over them. */
  get head(): TreeHead {
    return { size: this.tree.size, root: toHex(this.tree.root()) };
  }

  /** Hash of the last entry in hex; of an empty ledger, its beginning. */
  get lastHash(): string {
    return this.last;
  }

  async append<A extends Act>(
    act: A,
    body: ActBody<A>,
    object: readonly string[],
    options: AppendOptions = {},
  ): Promise<void> {
    const appended = this.queue.then(() => this.write(act, body, object, options));
    // One failed append must not fail the ones after it: its caller has the error.
    this.queue = appended.catch(() => undefined);
    return appended;
  }

  async entriesOf(intake: string): Promise<number> {
    return this.intakes.get(intake) ?? 0;
  }

  state(): LedgerSummary {
    return { entries: this.tree.size, state: this.condition, unsigned: this.unsigned.size };
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.queue;
  }

  /** Text of the whole file. */
  async text(): Promise<string> {
    return (await this.content()).toString('utf8');
  }

  /** Reads and checks everything: chain, order, signatures, adoption. */
  async verify(signal?: AbortSignal): Promise<LedgerReading & { readonly lines: readonly string[] }> {
    const { lines } = splitLedger(await this.text());
    const keys = keyRing(nodePrimitives.sha256, this.parts.keys());
    const reading = await readLedger(
      nodePrimitives,
      nodeVerify,
      lines,
      { caseId: this.parts.caseId, keys },
      signal,
    );
    return { ...reading, lines };
  }

  /** The signed checkpoint of all entries so far (EVIDENCE §6). */
  checkpoint(identity: UnlockedIdentity): string {
    const origin = ledgerOrigin(this.parts.caseId);
    const text = checkpointText({ origin, size: this.tree.size, root: this.tree.root() });
    return signNote(nodePrimitives, text, origin, identity.signer);
  }

  /** Proof that the first `size` entries are a beginning of the ledger as it is now. */
  consistencyProof(size: number): readonly Uint8Array[] {
    return new MerkleTree(nodePrimitives.sha256, packHashes(this.hashes)).consistencyProof(size);
  }

  /** Names the unsigned entries so far in a signed one, in runs; how many there were. Needs an unlocked identity. */
  async adopt(): Promise<number> {
    if (this.parts.identity() === undefined)
      throw new EngineError('identity/locked', 'Unlock your identity to adopt entries.');
    const { signatures } = await this.verify();
    let count = 0;
    for (let from = 0; from < signatures.length; from++) {
      if (signatures[from] !== 'unsigned') continue;
      let to = from;
      while (signatures[to + 1] === 'unsigned') to++;
      await this.append('ledger.adopt', { from, to }, []);
      count += to - from + 1;
      from = to;
    }
    return count;
  }

  /** The body file that an entry names in `detail`: JSON with `salt` and `value`. */
  async body(digest: string): Promise<Uint8Array> {
    return readFile(this.bodyFile(digest));
  }

  private async content(): Promise<Buffer> {
    try {
      return await readFile(this.file);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return Buffer.alloc(0);
      throw error;
    }
  }

  private bodyFile(digest: string): string {
    return join(this.folder, 'bodies', `${digest}.json`);
  }

  private get file(): string {
    return join(this.folder, 'ledger.jsonl');
  }

  private async write<A extends Act>(
    act: A,
    body: ActBody<A>,
    object: readonly string[],
    { detail, ...circumstances }: AppendOptions,
  ): Promise<void> {
    const identity = this.parts.identity();
    const said = await this.placeBody(body, detail);
    const entry = {
      v: 1,
      seq: this.tree.size,
      prev: this.last,
      case: this.parts.caseId,
      actor:
        identity === undefined
          ? { key: null, name: this.parts.account, role: 'account' }
          : { key: identity.fingerprint, name: identity.name, role: identity.role },
      at: this.parts.now(),
      mono: this.parts.mono().toString(),
      ...this.parts.circumstances(),
      ...circumstances,
      tool: this.parts.tool,
      act,
      object,
      body: said,
    } as unknown as UnsignedEntry; // `act` and `body` belong together by this function's own type, which a union cannot follow
    const line = entryLine(nodePrimitives, entry, identity?.signer);
    const written = readEntry(line);
    if (written === undefined) throw new Error(`the entry ${act} is not well formed`);
    await this.appendLine(line);
    this.add(line, written);
  }

  /** What has to stand apart goes to a salted file first: an entry never names a body that is not on disk. */
  private async placeBody(body: object, detail: Json | undefined): Promise<object> {
    if (detail === undefined) {
      if (Buffer.byteLength(JSON.stringify(body)) <= MAX_BODY_BYTES) return body;
      throw new Error('a body beyond 64 KiB belongs in detail');
    }
    const salt = (this.parts.random ?? randomBytes)(16);
    const text = evidenceJson({ salt: toHex(salt), value: detail });
    const digest = createHash('sha256').update(text).digest('hex');
    await writeDurably(this.bodyFile(digest), text);
    return { ...body, detail: digest };
  }

  private async appendLine(line: string): Promise<void> {
    const file = await open(this.file, 'a', 0o600);
    try {
      if ((await file.stat()).size !== this.bytes) {
        throw new EngineError(
          'ledger/changed',
          'The ledger was written to by another program. Close the case and open it again.',
        );
      }
      const content = Buffer.from(`${line}\n`);
      try {
        await file.writeFile(content);
        await file.sync();
      } catch (error) {
        // A full disk may leave half a line: cut it off here, or the next start finds it torn.
        await file.truncate(this.bytes).catch(() => undefined);
        throw error;
      }
    } finally {
      await file.close();
    }
    if (this.bytes === 0) await syncFolder(this.folder);
  }

  private add(line: string, entry: LedgerEntry | undefined): void {
    const hash = entryHash(nodePrimitives, line);
    this.tree.append(hash);
    this.hashes.push(hash);
    this.last = toHex(hash);
    this.bytes += Buffer.byteLength(line) + 1;
    if (entry?.sig === null) this.unsigned.add(entry.seq);
    if (entry?.act === 'ledger.adopt' && entry.sig !== null) {
      for (let seq = Number(entry.body.from); seq <= Math.min(Number(entry.body.to), entry.seq); seq++)
        this.unsigned.delete(seq);
    }
    const intake = (entry?.body as { readonly intake?: unknown } | undefined)?.intake;
    if (typeof intake === 'string') this.intakes.set(intake, (this.intakes.get(intake) ?? 0) + 1);
  }

  private async recover(): Promise<void> {
    const torn = (await readFile(this.file)).subarray(this.bytes);
    const sha256 = createHash('sha256').update(torn).digest('hex');
    // Aside first, then cut: a crash in between leaves the torn line in both places, and the next start does the same again.
    await writeDurably(join(this.folder, `ledger.torn-${sha256.slice(0, 16)}`), torn);
    const file = await open(this.file, 'r+');
    try {
      await file.truncate(this.bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await this.append('ledger.recovered', { length: torn.length, sha256 }, []);
    if (this.condition === 'intact') this.condition = 'recovered';
  }
}
