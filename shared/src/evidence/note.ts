import { concat, equalBytes, fromBase64, toBase64 } from './encoding.ts';
import type { Primitives, Signer } from './primitives.ts';

/** Signature type byte of Ed25519 (C2SP signed-note). Other types are read and ignored. */
const ED25519 = 1;
/** More than the 16 that the specification asks to accept; bounds the work a hostile note can cause. */
const MAX_SIGNATURES = 64;

/** One signature line of a C2SP signed note. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** A parsed C2SP signed note. `text` ends in LF. Nothing in it is verified. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Key id: SHA-256(name || LF || 0x01 || key), first 4 bytes. */
export function noteKeyId({ text, sha256 }: Primitives, name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(concat(text.encode(`${name}\n`), Uint8Array.of(ED25519), publicKey)).slice(0, 4);
}

/** The signed note of `text`, which must end in LF, with one Ed25519 signature by `name`. */
export function signNote(tools: Primitives, text: string, name: string, signer: Signer): string {
  const signature = signer.sign(tools.text.encode(text));
  const line = toBase64(concat(noteKeyId(tools, name, signer.publicKey), signature));
  return `${text}\n\u2014 ${name} ${line}\n`;
}

/** Parses a C2SP signed note; undefined when it is none. */
export function readNote(note: string): Note | undefined {
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note) || /\p{Surrogate}/u.test(note)) return undefined;
  const split = note.lastIndexOf('\n\n');
  if (split <= 0 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return undefined;
  const signatures = lines.map(readSignature);
  if (!signatures.every((s) => s !== undefined)) return undefined;
  return { text: note.slice(0, split + 1), signatures };
}

function readSignature(line: string): NoteSignature | undefined {
  const [, name, encoded] = /^\u2014 ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded ?? '-');
  if (name === undefined || bytes === undefined || bytes.length < 5) return undefined;
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** The signatures of a note that name `name` and this key: those that have to verify. */
export function signaturesBy(
  tools: Primitives,
  note: Note,
  name: string,
  publicKey: Uint8Array,
): readonly Uint8Array[] {
  const id = noteKeyId(tools, name, publicKey);
  return note.signatures.filter((s) => s.name === name && equalBytes(s.keyId, id)).map((s) => s.signature);
}
