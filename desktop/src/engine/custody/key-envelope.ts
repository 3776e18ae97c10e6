import { createCipheriv, createPrivateKey, type KeyObject, pbkdf2Sync } from 'node:crypto';

/** Node's own encrypted export stops at 2 048 rounds, 0.9 ms a guess: this one asks a guesser for a third of a second. */
export const PBKDF2_ITERATIONS = 600_000;

/** DER object identifiers: PBES2, PBKDF2, HMAC-SHA-256 (RFC 8018), AES-256-CBC (RFC 3565). */
const PBES2 = '06092a864886f70d01050d';
const PBKDF2 = '06092a864886f70d01050c';
const HMAC_SHA256 = '06082a864886f70d0209';
const AES_256_CBC = '060960864801650304012a';

/**
 * `ENCRYPTED PRIVATE KEY` PEM of a key: PKCS#8 (RFC 5958) under PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018).
 * `openssl pkey` and Node open it. `salt` and `iv` are 16 random bytes each.
 */
export function sealPrivateKey(key: KeyObject, passphrase: string, salt: Uint8Array, iv: Uint8Array): string {
  const secret = pbkdf2Sync(passphrase, salt, PBKDF2_ITERATIONS, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', secret, iv);
  const encrypted = Buffer.concat([
    cipher.update(key.export({ format: 'der', type: 'pkcs8' })),
    cipher.final(),
  ]);
  const prf = sequence(hex(HMAC_SHA256), hex('0500'));
  const derivation = sequence(hex(PBKDF2), sequence(octets(salt), integer(PBKDF2_ITERATIONS), prf));
  const encryption = sequence(hex(AES_256_CBC), octets(iv));
  const der = sequence(sequence(hex(PBES2), sequence(derivation, encryption)), octets(encrypted));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${lines.join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}

/** The key of such a PEM, or undefined when the passphrase is not its own. */
export function openPrivateKey(pem: string, passphrase: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, passphrase });
  } catch {
    return undefined; // OpenSSL tells a wrong passphrase from a damaged file by chance only
  }
}

function tlv(tag: number, content: Uint8Array): Buffer {
  const length =
    content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, Buffer.concat(parts));
const octets = (content: Uint8Array) => tlv(0x04, content);
const integer = (value: number) => tlv(0x02, hex(value.toString(16).padStart(6, '0')));
const hex = (digits: string) => Buffer.from(digits, 'hex');
