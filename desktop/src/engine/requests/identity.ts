import { join } from 'node:path';
import {
  type IdentityState,
  identityCreate,
  identityLock,
  identityState,
  identityUnlock,
} from '../../host/identity.ts';
import type { EngineContext } from '../context.ts';
import { createIdentity, readIdentity, unlockIdentity } from '../custody/identity.ts';
import { EngineError } from '../engine-error.ts';
import { handler } from '../handler.ts';

export const identityHandlers = [
  handler(identityState, (context) => describe(context)),

  handler(identityCreate, async (context, { name, organisation, role, passphrase }) => {
    await context.unlock(await createIdentity(folder(context), { name, organisation, role }, passphrase));
    await tellCase(context);
    return describe(context);
  }),

  handler(identityUnlock, async (context, { passphrase }) => {
    const identity = await unlockIdentity(folder(context), passphrase);
    // Nothing more is said of a wrong passphrase (SECURITY KE-2); the key derivation itself costs a guesser its time.
    if (identity === undefined)
      throw new EngineError('identity/passphrase', 'This is not the passphrase of the identity.');
    await context.unlock(identity);
    await tellCase(context);
    return describe(context);
  }),

  handler(identityLock, async (context) => {
    const identity = context.identity();
    const opened = context.current();
    if (identity !== undefined && opened !== undefined) {
      await opened.ledger.append('identity.lock', { key: identity.fingerprint }, []);
    }
    context.lock();
    return describe(context);
  }),
] as const;

/** What was done unsigned in the open case is adopted by the one who unlocks. */
async function tellCase(context: EngineContext): Promise<void> {
  const [identity, opened] = [context.identity(), context.current()];
  if (identity === undefined || opened === undefined) return;
  await opened.ledger.append('identity.unlock', { key: identity.fingerprint }, []);
  await opened.ledger.adopt();
}

async function describe(context: EngineContext): Promise<IdentityState> {
  const identity = await readIdentity(folder(context));
  if (identity === undefined) return { exists: false, unlocked: false };
  const { name, organisation, fingerprint } = identity;
  return { exists: true, unlocked: context.identity() !== undefined, name, organisation, fingerprint };
}

function folder(context: EngineContext): string {
  return join(context.profileDir, 'identity');
}
