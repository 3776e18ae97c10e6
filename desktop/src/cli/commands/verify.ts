import { renderText } from '../../verify/render-text.ts';
import { UsageError as BadUse, verifyPackage } from '../../verify/verify-package.ts';
import { type Command, UsageError } from '../command.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary:
    'Check an evidence package without trusting it: what is proven, what is wrong, what was not checked.',
  usage: 'PACKAGE',
  arity: [1, 1],
  options: {
    trust: { type: 'string', value: 'FILE', help: 'your list of accepted keys' },
    fingerprint: {
      type: 'string',
      value: 'HEX',
      help: 'the one accepted signer, got by another way than the package',
    },
    against: {
      type: 'string',
      value: 'PACKAGE',
      help: 'an older package of the same case, which this one must continue',
    },
    'expect-ledger': { type: 'string', value: 'N:HEX', help: 'a ledger head that you wrote down' },
  },
  examples: [
    'dbwitness verify incident-7-1.zip',
    'dbwitness verify incident-7-2.zip --against incident-7-1.zip --trust keys.json --json',
  ],
  async run(input, terminal) {
    const [path = ''] = input.positionals;
    const options = Object.fromEntries(
      (
        [
          ['trust', 'trust'],
          ['fingerprint', 'fingerprint'],
          ['against', 'against'],
          ['expectLedger', 'expect-ledger'],
        ] as const
      ).flatMap(([name, option]) => {
        const value = input.text(option);
        return value === undefined ? [] : [[name, value]];
      }),
    );
    try {
      const result = await verifyPackage(path, {
        ...options,
        signal: terminal.signal,
        onProgress: (done, total) => terminal.progress({ phase: 'Verifying', done, total, unit: 'bytes' }),
      });
      terminal.value(result);
      terminal.line(renderText(result).trimEnd());
      return result.exit;
    } catch (error) {
      // Exit code 2 is usage or I/O here (EVIDENCE §15).
      if (error instanceof BadUse) throw new UsageError(`${error.message}.`);
      const { code, path: at = path } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') throw new UsageError(`there is no file or folder ${at}.`);
      if (code !== undefined) throw new UsageError(`${at} cannot be read: ${(error as Error).message}.`);
      throw error;
    }
  },
};
