import {
  evidenceJson,
  isJsonObject,
  type Json,
  type JsonObject,
  readCanonicalJson,
} from './canonical-json.ts';

export const STATEMENT_MEDIA_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'urn:dbwitness:evidence-package:v1';

/** Size and root of a Merkle tree, root in hex. */
export interface TreeHead {
  readonly size: number;
  readonly root: string;
}

/** A file that the statement is about, with its digests in hex. */
export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string; readonly sha512: string };
}

/** An exhibit as the seal found it. A commitment tree over records has its place beside `blocks` (EVIDENCE §4). */
export interface SealedExhibit {
  readonly exhibit: string;
  readonly length: number;
  readonly sha256: string;
  readonly blocks: TreeHead;
}

/** What the signer says of a package. */
export interface PackagePredicate {
  readonly package: string;
  readonly case: string;
  readonly sequence: number;
  /** Package digest of the one before, or null. */
  readonly supersedes: string | null;
  readonly profile: '1';
  readonly tool: string;
  readonly sealedAt: string;
  readonly ledger: TreeHead;
  readonly evidence: readonly SealedExhibit[];
  readonly signer: { readonly role: string };
}

/** The signed in-toto statement of a package. */
export interface Statement {
  readonly subject: readonly Subject[];
  readonly predicate: PackagePredicate;
}

/** RFC 8785 text of the statement: the payload that is signed. */
export function statementJson({ subject, predicate }: Statement): string {
  return evidenceJson({
    _type: STATEMENT_TYPE,
    predicateType: PREDICATE_TYPE,
    subject: subject as unknown as Json,
    predicate: predicate as unknown as JsonObject,
  });
}

/**
 * The statement in signed bytes; undefined when the bytes are not our statement. The types inside are compared too: a payload
 * signed for another purpose must not pass as a statement (the confusion of CVE-2022-35929).
 */
export function readStatement(json: string): Statement | undefined {
  const value = readCanonicalJson(json);
  if (!isJsonObject(value) || value._type !== STATEMENT_TYPE || value.predicateType !== PREDICATE_TYPE)
    return undefined;
  const { subject, predicate } = value;
  if (!Array.isArray(subject) || !subject.every(isSubject) || !isPredicate(predicate)) return undefined;
  return { subject, predicate } as unknown as Statement;
}

function isSubject(value: unknown): boolean {
  if (!isJsonObject(value) || typeof value.name !== 'string' || !isJsonObject(value.digest)) return false;
  return isHex(value.digest.sha256, 64) && isHex(value.digest.sha512, 128);
}

function isPredicate(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    [value.package, value.case, value.tool, value.sealedAt].every((t) => typeof t === 'string') &&
    value.profile === '1' &&
    Number.isSafeInteger(value.sequence) &&
    (value.supersedes === null || isHex(value.supersedes, 64)) &&
    isTreeHead(value.ledger) &&
    isJsonObject(value.signer) &&
    typeof value.signer.role === 'string' &&
    Array.isArray(value.evidence) &&
    value.evidence.every(isSealedExhibit)
  );
}

function isSealedExhibit(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    typeof value.exhibit === 'string' &&
    Number.isSafeInteger(value.length) &&
    isHex(value.sha256, 64) &&
    isTreeHead(value.blocks)
  );
}

/** Whether `value` is a tree head as documents of the package hold it. */
export function isTreeHead(value: unknown): value is TreeHead & JsonObject {
  return (
    isJsonObject(value) &&
    Number.isSafeInteger(value.size) &&
    Number(value.size) >= 0 &&
    isHex(value.root, 64)
  );
}

/** Whether `value` is `digits` digits of lower-case hexadecimal. */
export function isHex(value: unknown, digits: number): value is string {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);
}
