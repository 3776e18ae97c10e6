import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint, fp16, publicKeyPem, readPublicKeyPem } from '@dbwitness/shared/evidence/key.ts';
import { privateFolder, writeDurably } from './durable-file.ts';

/** Public keys of everybody who signed in a case: `custody/keys/<fp16>.pem`. Without them old entries could not be checked. */
export class SigningKeys {
  readonly #folder: string;
  readonly #keys: Map<string, Uint8Array>;

  private constructor(folder: string, keys: Map<string, Uint8Array>) {
    this.#folder = folder;
    this.#keys = keys;
  }

  static async open(custody: string): Promise<SigningKeys> {
    const folder = join(custody, 'keys');
    await privateFolder(folder);
    const keys = new Map<string, Uint8Array>();
    for (const name of await readdir(folder)) {
      const key = name.endsWith('.pem')
        ? readPublicKeyPem(await readFile(join(folder, name), 'utf8'))
        : undefined;
      if (key !== undefined) keys.set(name, key);
    }
    return new SigningKeys(folder, keys);
  }

  list(): readonly Uint8Array[] {
    return [...this.#keys.values()];
  }

  /** Keeps a key before its first signature. */
  async add(key: Uint8Array): Promise<void> {
    const name = `${fp16(fingerprint((bytes) => createHash('sha256').update(bytes).digest(), key))}.pem`;
    if (this.#keys.has(name)) return;
    await writeDurably(join(this.#folder, name), publicKeyPem(key));
    this.#keys.set(name, key);
  }
}
