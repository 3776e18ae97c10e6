import * as z from 'zod';
import { reads, writes } from './request.ts';

export interface IdentityState {
  readonly exists: boolean;
  readonly unlocked: boolean;
  readonly name?: string;
  readonly organisation?: string;
  /** 64 hex digits, SHA-256 of the SPKI. */
  readonly fingerprint?: string;
}

export const identityState = reads<Record<string, never>, IdentityState>(
  'identity/state',
  z.strictObject({}),
);
export const identityCreate = writes<
  { name: string; organisation: string; role: string; passphrase: string },
  IdentityState
>(
  'identity/create',
  z.strictObject({
    name: z.string().min(1),
    organisation: z.string(),
    role: z.string(),
    passphrase: z.string().min(12),
  }),
);
export const identityUnlock = writes<{ passphrase: string }, IdentityState>(
  'identity/unlock',
  z.strictObject({ passphrase: z.string() }),
);
export const identityLock = writes<Record<string, never>, IdentityState>('identity/lock', z.strictObject({}));
