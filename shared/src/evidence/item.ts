import {
  evidenceJson,
  isJsonObject,
  type Json,
  type JsonObject,
  readCanonicalJson,
} from './canonical-json.ts';
import { isHex, isTreeHead, type TreeHead } from './statement.ts';

/** What an exhibit's source says when nobody answered: stored, never left out (EVIDENCE §2). */
export const NOT_STATED = 'not stated';

/** What was asked at intake and is recorded as declared. Blank answers are `not stated`. */
export interface DeclaredSource {
  readonly exportedBy: string;
  readonly exportedAt: string;
  readonly place: string;
  readonly host: string;
  readonly system: string;
  readonly version: string;
  readonly command: string;
  readonly authority: string;
  readonly writeProtection: string;
  readonly storageLock: string;
  readonly retention: string;
}

/** `declared` with every blank answer stored as such. */
export function declaredSource(answers: Partial<DeclaredSource> = {}): DeclaredSource {
  const said = (answer: string | undefined) =>
    answer === undefined || answer.trim() === '' ? NOT_STATED : answer;
  return {
    exportedBy: said(answers.exportedBy),
    exportedAt: said(answers.exportedAt),
    place: said(answers.place),
    host: said(answers.host),
    system: said(answers.system),
    version: said(answers.version),
    command: said(answers.command),
    authority: said(answers.authority),
    writeProtection: said(answers.writeProtection),
    // Object Lock headers are absent when the caller lacked permission: unknown, never "off".
    storageLock: answers.storageLock?.trim() ? answers.storageLock : 'unknown',
    retention: said(answers.retention),
  };
}

/** `data/index/E001.item.json`: what is known of one exhibit. */
export interface ItemFile {
  readonly v: 1;
  readonly exhibit: string;
  /** The exhibit this one was derived from and how; absent for acquired ones. */
  readonly derived?: { readonly parent: string; readonly derivation: string };
  /** The original name as text, and its bytes in base 64 when they are not UTF-8. */
  readonly name: { readonly text: string; readonly bytes?: string };
  /** Package path of the untouched bytes; absent for derived exhibits, whose bytes the reader derives again. */
  readonly path?: string;
  readonly length: number;
  readonly sha256: string;
  readonly sha512: string;
  readonly blocks: TreeHead;
  /** Time of last change as the file system told it, RFC 3339, or `not stated`. */
  readonly modified: string;
  readonly acquiredAt: string;
  readonly declared: DeclaredSource;
  /** What comparing with the provider's own digest said. */
  readonly providerDigest: { readonly result: 'matches' | 'differs' | 'none-given'; readonly given: string };
  /** Format, parser version and options, encoding and zone assumption with whose they are, counts: as the import recorded them. */
  readonly reading: JsonObject;
}

export function itemJson(item: ItemFile): string {
  return evidenceJson(item as unknown as Json);
}

/** Parses an item file; undefined when it is none. */
export function readItem(json: string): ItemFile | undefined {
  const value = readCanonicalJson(json);
  if (!isJsonObject(value) || value.v !== 1 || typeof value.exhibit !== 'string') return undefined;
  const { derived, path } = value;
  const fits =
    Number.isSafeInteger(value.length) &&
    isHex(value.sha256, 64) &&
    isHex(value.sha512, 128) &&
    isTreeHead(value.blocks) &&
    (path === undefined || typeof path === 'string') &&
    (derived === undefined ||
      (isJsonObject(derived) &&
        typeof derived.parent === 'string' &&
        typeof derived.derivation === 'string')) &&
    (path === undefined) !== (derived === undefined);
  return fits ? (value as unknown as ItemFile) : undefined;
}
