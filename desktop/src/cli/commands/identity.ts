import { MIN_PASSPHRASE } from '../../engine/custody/identity.ts';
import { identityCreate, identityState } from '../../host/identity.ts';
import { type Command, UsageError } from '../command.ts';
import { CASE_OPTIONS, openEngine, readPassphrase } from '../open-engine.ts';

export const identityCommand: Command = {
  name: 'identity',
  summary: 'Show your signing identity, or make one (--name).',
  usage: '',
  arity: [0, 0],
  options: {
    name: { type: 'string', value: 'NAME', help: 'make an identity for this person' },
    organisation: { type: 'string', value: 'NAME', help: 'organisation of the person' },
    role: { type: 'string', value: 'ROLE', help: 'role of the person (default examiner)' },
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness identity',
    'dbwitness identity --name "A. Examiner" --organisation "Example Ltd"',
    'dbwitness identity --name "A. Examiner" --passphrase-fd 3 3<secret',
  ],
  async run(input, terminal) {
    const name = input.text('name')?.trim();
    if (name === '') throw new UsageError('--name takes the name of a person.');
    const engine = await openEngine(input, '.');
    try {
      const state =
        name === undefined
          ? await engine.request(identityState, {})
          : await engine.request(identityCreate, {
              name,
              organisation: input.text('organisation') ?? '',
              role: input.text('role') ?? 'examiner',
              passphrase: await newPassphrase(input.text('passphrase-fd'), (question) =>
                terminal.ask(question),
              ),
            });
      terminal.value(state);
      if (!state.exists)
        terminal.line('There is no identity yet. --name makes one; acts stay unsigned until then.');
      else {
        terminal.line(`${state.name ?? ''}${state.organisation ? `, ${state.organisation}` : ''}`);
        terminal.line(`Fingerprint ${(state.fingerprint ?? '').replace(/(.{4})(?=.)/g, '$1 ')}`);
        terminal.line(
          'Give the fingerprint to those who will check your packages by a way of its own: in person, by signed letter.',
        );
      }
      return 0;
    } finally {
      await engine.close();
    }
  },
};

async function newPassphrase(
  descriptor: string | undefined,
  ask: (question: string) => Promise<string>,
): Promise<string> {
  if (descriptor !== undefined) return longEnough(readPassphrase(descriptor));
  const first = longEnough(await ask(`New passphrase (${MIN_PASSPHRASE} characters or more): `));
  if ((await ask('Once more: ')) !== first)
    throw new UsageError('the two passphrases differ; nothing was made.');
  return first;
}

function longEnough(passphrase: string): string {
  if (passphrase.normalize('NFKC').length >= MIN_PASSPHRASE) return passphrase;
  throw new UsageError(`a passphrase has ${MIN_PASSPHRASE} characters or more; nothing was made.`);
}
