import { isJsonObject } from './canonical-json.ts';
import { concat, fromBase64, toBase64 } from './encoding.ts';
import type { Primitives, Signer } from './primitives.ts';

/** One DSSE envelope with its payload decoded: verify over `payload`, then parse those very bytes. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly { readonly keyid: string; readonly sig: Uint8Array }[];
}

/** Pre-authentication encoding of DSSE v1: what a signature covers. */
export function pae(
  { text }: Pick<Primitives, 'text'>,
  payloadType: string,
  payload: Uint8Array,
): Uint8Array {
  const type = text.encode(payloadType);
  return concat(text.encode(`DSSEv1 ${type.length} `), type, text.encode(` ${payload.length} `), payload);
}

/** JSON text of an envelope with one signature. `keyid` is a hint to the reader, never a proof. */
export function signEnvelope(
  tools: Pick<Primitives, 'text'>,
  payloadType: string,
  payload: Uint8Array,
  keyid: string,
  signer: Signer,
): string {
  const sig = toBase64(signer.sign(pae(tools, payloadType, payload)));
  return JSON.stringify({ payload: toBase64(payload), payloadType, signatures: [{ keyid, sig }] });
}

/** Parses the JSON of an envelope; undefined when it is none. Nothing is verified. */
export function readEnvelope(json: string): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined; // outside input: not JSON, so no envelope
  }
  if (!isJsonObject(value) || typeof value.payloadType !== 'string' || !Array.isArray(value.signatures))
    return undefined;
  const payload = typeof value.payload === 'string' ? fromBase64(value.payload) : undefined;
  const signatures = value.signatures.map((s: unknown) => {
    if (!isJsonObject(s) || typeof s.sig !== 'string') return undefined;
    const sig = fromBase64(s.sig);
    return sig && { keyid: typeof s.keyid === 'string' ? s.keyid : '', sig };
  });
  if (payload === undefined || signatures.length === 0 || !signatures.every((s) => s !== undefined))
    return undefined;
  return { payloadType: value.payloadType, payload, signatures };
}
