import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { createEngine, type Engine } from '../engine/engine.ts';
import { casesOpen, type OpenCase } from '../host/cases.ts';
import { identityState, identityUnlock } from '../host/identity.ts';
import { SHIPPED_RULES } from '../product/locations.ts';
import { VERSION } from '../product/version.ts';
import { type Input, type Option, UsageError } from './command.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that works on a case. */
export const CASE_OPTIONS = {
  profile: { type: 'string', value: 'DIR', help: 'folder with your signing identity (default ~/.dbwitness)' },
  'passphrase-fd': {
    type: 'string',
    value: 'N',
    help: 'read the passphrase of your identity from this file descriptor instead of asking',
  },
} as const satisfies Readonly<Record<string, Option>>;

/** Where a person's identity lives, outside every case. */
export function profileFolder(input: Input): string {
  return resolve(input.text('profile') ?? join(homedir(), '.dbwitness'));
}

/** An engine whose cases stand beside the one that is named. */
export async function openEngine(
  input: Input,
  casePath: string,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Promise<Engine> {
  const path = resolve(casePath);
  return createEngine({
    casesDir: dirname(path),
    profileDir: profileFolder(input),
    rulesDir: SHIPPED_RULES,
    version: VERSION,
    readOnly,
  });
}

/** Opens the case in the folder `casePath`. */
export async function openCase(engine: Engine, casePath: string): Promise<OpenCase> {
  const path = resolve(casePath);
  if (!existsSync(join(path, 'case.json'))) {
    throw new UsageError(`${casePath} is not a case folder. dbwitness import makes one.`);
  }
  return engine.request(casesOpen, { ref: basename(path) });
}

/**
 * Unlocks the identity where there is one and a passphrase is at hand, so that what follows is signed. Without one the
 * acts are written unsigned, and a later signed entry can adopt them.
 */
export async function withIdentity(engine: Engine, input: Input, terminal: Terminal): Promise<void> {
  const descriptor = input.text('passphrase-fd');
  if (descriptor !== undefined) checkDescriptor(descriptor);
  const { exists, unlocked } = await engine.request(identityState, {});
  if (unlocked) return;
  if (!exists) {
    if (descriptor !== undefined)
      throw new UsageError('there is no identity yet; dbwitness identity makes one.');
    return;
  }
  if (descriptor !== undefined)
    await engine.request(identityUnlock, { passphrase: readPassphrase(descriptor) });
  else if (process.stdin.isTTY) {
    const passphrase = await terminal.ask('Passphrase of your identity (empty: go on unsigned): ');
    if (passphrase !== '') await engine.request(identityUnlock, { passphrase });
  }
}

/** The first line that can be read from a file descriptor. */
export function readPassphrase(descriptor: string): string {
  checkDescriptor(descriptor);
  try {
    return readFileSync(Number(descriptor), 'utf8').split(/\r?\n/)[0] ?? '';
  } catch {
    throw new UsageError(`nothing can be read from file descriptor ${descriptor}.`);
  }
}

function checkDescriptor(descriptor: string): void {
  if (!/^\d+$/.test(descriptor)) throw new UsageError(`--passphrase-fd takes a number, not “${descriptor}”.`);
}
