import {
  ALGORITHMS,
  type Algorithm,
  manifestPath,
  readBagInfo,
  readManifest,
  tagManifestPath,
} from '../bag.ts';
import { type Envelope, readEnvelope } from '../dsse.ts';
import { concat, toHex } from '../encoding.ts';
import { type ItemFile, readItem } from '../item.ts';
import { fingerprint, fp16, readPublicKeyPem } from '../key.ts';
import type { Cancellation } from '../primitives.ts';
import { type RecordProof, readRecordProof } from '../record-proof.ts';
import { readStatement, type Statement } from '../statement.ts';
import type { CheckpointReading } from './checkpoint-reading.ts';
import { digestRanges, type WantedRange } from './digest-ranges.ts';
import type { ContainerProblem, PackageReader } from './package-reader.ts';
import { UnreadableEntry } from './package-reader.ts';
import type { Expectations, FileHashes, VerifierHost, VerifyOptions } from './verifier-host.ts';

/** Structured files are read whole up to here; our own stay far below. */
const MAX_READ_BYTES = 128 * 2 ** 20;
/** Structured files up to this length are kept from the hashing pass instead of being read again. */
const KEEP_BYTES = 2 ** 20;
const KEEP_TOTAL = 64 * 2 ** 20;

export type ReadManifest = ReturnType<typeof readManifest>;

/** A signature file with what it holds. */
export interface SignatureFile {
  readonly path: string;
  readonly fp16: string;
  readonly envelope: Envelope | undefined;
  readonly statement: Statement | undefined;
}

/** An exhibit as the verifier found it: its item file, and the hashes of its bytes as far as they could be had. */
export interface ReadExhibit {
  readonly item: ItemFile;
  readonly itemPath: string;
  readonly hashes: FileHashes | undefined;
  /** Why there are no hashes. */
  readonly missing: string;
}

/** A structured file too large to read: every check that needs it says so. */
export class TooLarge extends Error {}

/** A package after one pass over all its bytes: what all checks read from. */
export class PackageContents {
  readonly files = new Map<string, FileHashes>();
  /** Files that the container would not give. */
  readonly unreadable = new Set<string>();
  readonly problems: ContainerProblem[];
  readonly manifests = new Map<Algorithm, ReadManifest>();
  readonly tagManifests = new Map<Algorithm, ReadManifest>();
  readonly exhibits = new Map<string, ReadExhibit>();
  readonly proofs = new Map<string, RecordProof | undefined>();
  /** SHA-256 of the bytes of each cited record, by path of its proof. */
  readonly recordDigests = new Map<string, string>();
  /** Keys of the package whose file name says their fingerprint, by fingerprint. */
  readonly keys = new Map<string, Uint8Array>();
  /** Key files that are not what their name says. */
  readonly badKeys: string[] = [];
  /** Checkpoints read so far, by origin and note. */
  readonly checkpoints = new Map<string, Promise<CheckpointReading>>();
  signatures: readonly SignatureFile[] = [];
  bagInfo: ReturnType<typeof readBagInfo> = { values: new Map(), inOrder: false };

  readonly reader: PackageReader;
  readonly host: VerifierHost;
  readonly expectations: Expectations;
  readonly signal: Cancellation | undefined;
  private readonly kept = new Map<string, Uint8Array>();
  private keptBytes = 0;
  private readonly lengths: ReadonlyMap<string, number>;

  private constructor(reader: PackageReader, host: VerifierHost, options: VerifyOptions) {
    this.reader = reader;
    this.host = host;
    this.expectations = options;
    this.signal = options.signal;
    this.problems = [...reader.problems];
    this.lengths = new Map(reader.entries.map((entry) => [entry.path, entry.length]));
  }

  /** Reads every file of the package once: structured ones first, because they say which records to look at in the evidence. */
  static async read(
    reader: PackageReader,
    host: VerifierHost,
    options: VerifyOptions,
  ): Promise<PackageContents> {
    const contents = new PackageContents(reader, host, options);
    const files = reader.entries.filter((entry) => entry.kind === 'file');
    const total = files.reduce((sum, file) => sum + file.length, 0);
    let done = 0;
    const isEvidence = (path: string) => path.startsWith('data/original/');
    const hash = async (path: string, wanted: readonly WantedRange[] = []) => {
      const chunks = progressing(reader.open(path), options.signal, (bytes) => {
        done += bytes;
        options.onProgress?.(done, total);
      });
      await contents.hash(path, chunks, wanted);
    };
    for (const { path } of files) if (!isEvidence(path)) await hash(path);
    await contents.readStructure();
    const items = await contents.readItems();
    const wanted = contents.wantedRanges();
    for (const { path } of files) {
      if (!isEvidence(path)) continue;
      const exhibit = [...items.values()].find(({ item }) => item.path === path)?.item.exhibit;
      await hash(path, wanted.get(exhibit ?? '') ?? []);
    }
    for (const [itemPath, { item }] of items)
      await contents.addExhibit(item, itemPath, items, wanted, options);
    return contents;
  }

  has(path: string): boolean {
    return this.files.has(path) || this.unreadable.has(path);
  }

  /** Bytes of a structured file; undefined when it is not there. What is read again must hash as it did the first time. */
  async bytes(path: string): Promise<Uint8Array | undefined> {
    const hashes = this.files.get(path);
    if (hashes === undefined) return undefined;
    const kept = this.kept.get(path);
    if (kept !== undefined) return kept;
    if (hashes.length > MAX_READ_BYTES) throw new TooLarge(`${path} is larger than ${MAX_READ_BYTES} bytes`);
    const bytes = new Uint8Array(hashes.length);
    let at = 0;
    for await (const chunk of this.reader.open(path)) {
      if (at + chunk.length > bytes.length) throw new Error(`${path} changed while it was read`);
      bytes.set(chunk, at);
      at += chunk.length;
    }
    const same =
      at === bytes.length &&
      (hashes.sha256 === undefined || toHex(this.host.sha256(bytes)) === hashes.sha256);
    if (!same) throw new Error(`${path} changed while it was read`);
    return bytes;
  }

  /** A structured file as text; undefined when it is not there or not UTF-8. */
  async text(path: string): Promise<string | undefined> {
    const bytes = await this.bytes(path);
    return bytes && this.host.text.utf8(bytes, 0, bytes.length);
  }

  /** The statement of the first envelope that holds one. */
  get statement(): Statement | undefined {
    return this.signatures.find((s) => s.statement !== undefined)?.statement;
  }

  /** Case id: as the bag states it. */
  get caseId(): string {
    return this.bagInfo.values.get('External-Identifier') ?? '';
  }

  /** A public key by fingerprint: the reader's own before the package's. */
  key(keyFingerprint: string): Uint8Array | undefined {
    const trusted = this.expectations.trust?.keys.find((key) => key.fingerprint === keyFingerprint);
    return trusted?.publicKey ?? this.keys.get(keyFingerprint);
  }

  /** Paths of files below `folder` with this ending, sorted. */
  paths(folder: string, ending: string): readonly string[] {
    return [...this.files.keys()].filter((path) => path.startsWith(folder) && path.endsWith(ending)).sort();
  }

  private async hash(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    wanted: readonly WantedRange[],
  ): Promise<void> {
    const evidence = path.startsWith('data/original/');
    const kept: Uint8Array[] = [];
    const length = this.lengths.get(path) ?? 0;
    const keep = !evidence && length <= KEEP_BYTES && this.keptBytes + length <= KEEP_TOTAL;
    const source = evidence ? this.tap(chunks, wanted) : keep ? keeping(chunks, kept) : chunks;
    try {
      this.files.set(
        path,
        await this.host.hashFile(source, evidence ? 'digests and leaves' : 'digests', length),
      );
      if (keep) this.kept.set(path, concat(...kept));
      if (keep) this.keptBytes += length;
    } catch (error) {
      if (!(error instanceof UnreadableEntry)) throw error;
      this.problems.push(error.problem);
      this.unreadable.add(path);
    }
  }

  private tap(chunks: AsyncIterable<Uint8Array>, wanted: readonly WantedRange[]): AsyncIterable<Uint8Array> {
    if (wanted.length === 0) return chunks;
    return digestRanges(this.host.sha256, chunks, wanted, (id, digest) => this.recordDigests.set(id, digest));
  }

  /** Text that all checks rest on. What is too large to read is read as nothing, so that the check of its kind fails. */
  private async early(path: string): Promise<string | undefined> {
    try {
      return await this.text(path);
    } catch (error) {
      if (error instanceof TooLarge) return undefined;
      throw error;
    }
  }

  private async readStructure(): Promise<void> {
    for (const algorithm of ALGORITHMS) {
      const payload = await this.early(manifestPath(algorithm));
      if (payload !== undefined) this.manifests.set(algorithm, readManifest(payload, algorithm));
      const tags = await this.early(tagManifestPath(algorithm));
      if (tags !== undefined) this.tagManifests.set(algorithm, readManifest(tags, algorithm));
    }
    this.bagInfo = readBagInfo((await this.early('bag-info.txt')) ?? '');
    for (const path of this.paths('custody/keys/', '.pem')) {
      const key = readPublicKeyPem((await this.early(path)) ?? '');
      const name = key && fingerprint(this.host.sha256, key);
      if (key === undefined || name === undefined || path !== `custody/keys/${fp16(name)}.pem`)
        this.badKeys.push(path);
      else this.keys.set(name, key);
    }
    this.signatures = await Promise.all(
      this.paths('signatures/', '.dsse.json').map((path) => this.readSignature(path)),
    );
  }

  private async readSignature(path: string): Promise<SignatureFile> {
    const envelope = readEnvelope((await this.early(path)) ?? '');
    const json = envelope && this.host.text.utf8(envelope.payload, 0, envelope.payload.length);
    const name = path.slice('signatures/'.length, -'.dsse.json'.length);
    return { path, fp16: name, envelope, statement: json === undefined ? undefined : readStatement(json) };
  }

  private async readItems(): Promise<Map<string, { readonly item: ItemFile }>> {
    const items = new Map<string, { readonly item: ItemFile }>();
    for (const path of this.paths('data/index/', '.item.json')) {
      const item = readItem((await this.early(path)) ?? '');
      if (item !== undefined && path === `data/index/${item.exhibit}.item.json`) items.set(path, { item });
    }
    for (const path of this.paths('data/proofs/', '.json')) {
      this.proofs.set(path, readRecordProof((await this.early(path)) ?? ''));
    }
    return items;
  }

  private wantedRanges(): ReadonlyMap<string, readonly WantedRange[]> {
    const wanted = new Map<string, WantedRange[]>();
    for (const [id, proof] of this.proofs) {
      if (proof === undefined) continue;
      const list = wanted.get(proof.exhibit) ?? [];
      list.push({ id, from: proof.from, to: proof.to });
      wanted.set(proof.exhibit, list);
    }
    return wanted;
  }

  private async addExhibit(
    item: ItemFile,
    itemPath: string,
    items: ReadonlyMap<string, { readonly item: ItemFile }>,
    wanted: ReadonlyMap<string, readonly WantedRange[]>,
    options: VerifyOptions,
  ): Promise<void> {
    const add = (hashes: FileHashes | undefined, missing = '') =>
      this.exhibits.set(item.exhibit, { item, itemPath, hashes, missing });
    if (item.path !== undefined) {
      const hashes = this.files.get(item.path);
      add(hashes, `${item.path} is not there to be read`);
      return;
    }
    const chunks = this.derived(item, items, 0);
    if (chunks === undefined) {
      add(undefined, `the derivation ${item.derived?.derivation} cannot be redone here`);
      return;
    }
    try {
      const read = progressing(chunks, options.signal, () => undefined);
      add(
        await this.host.hashFile(
          this.tap(read, wanted.get(item.exhibit) ?? []),
          'digests and leaves',
          item.length,
        ),
      );
    } catch (error) {
      options.signal?.throwIfAborted();
      // The parent's bytes do not decompress: the parent's own checks say whether they were altered.
      add(
        undefined,
        `the derivation ${item.derived?.derivation} failed: ${error instanceof Error ? error.message : 'unreadable'}`,
      );
    }
  }

  private derived(
    item: ItemFile,
    items: ReadonlyMap<string, { readonly item: ItemFile }>,
    depth: number,
  ): AsyncIterable<Uint8Array> | undefined {
    if (item.path !== undefined) return this.files.has(item.path) ? this.reader.open(item.path) : undefined;
    const parent = items.get(`data/index/${item.derived?.parent}.item.json`)?.item;
    if (parent === undefined || depth > 3) return undefined;
    const bytes = this.derived(parent, items, depth + 1);
    return bytes && this.host.derive?.(item.derived?.derivation ?? '', bytes);
  }
}

async function* progressing(
  chunks: AsyncIterable<Uint8Array>,
  signal: Cancellation | undefined,
  read: (bytes: number) => void,
): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    read(chunk.length);
    yield chunk;
  }
}

async function* keeping(chunks: AsyncIterable<Uint8Array>, kept: Uint8Array[]): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    kept.push(new Uint8Array(chunk)); // a host may use its buffer again
    yield chunk;
  }
}
