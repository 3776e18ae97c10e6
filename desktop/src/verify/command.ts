import { parseArgs } from 'node:util';
import { renderText } from './render-text.ts';
import { UsageError, verifyPackage } from './verify-package.ts';

const HELP = `usage: verify PACKAGE [options]

Checks an evidence package, a folder or a zip, and says what is wrong with it. Reads only; needs no network.

  --trust FILE          your list of accepted keys
  --fingerprint HEX     the one accepted signer, got by another way than the package
  --against PACKAGE     an older package of the same case, which this one must continue
  --expect-ledger N:HEX a ledger head that you wrote down
  --json                print the result as JSON
  --help                print this

exit code  0 verified and signer accepted · 1 a check failed · 2 usage or I/O error
           3 intact, but the signer is not one you accept · 4 not a package, or of an unknown profile
`;

/** Runs the stand-alone verifier; gives the exit code of EVIDENCE §15. */
export async function runVerify(
  args: readonly string[],
  out: (text: string) => void,
  err: (text: string) => void,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        fingerprint: { type: 'string' },
        against: { type: 'string' },
        'expect-ledger': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help === true) {
      out(HELP);
      return 0;
    }
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw new UsageError('name one package');
    const result = await verifyPackage(path, {
      ...(values.trust === undefined ? {} : { trust: values.trust }),
      ...(values.fingerprint === undefined ? {} : { fingerprint: values.fingerprint }),
      ...(values.against === undefined ? {} : { against: values.against }),
      ...(values['expect-ledger'] === undefined ? {} : { expectLedger: values['expect-ledger'] }),
    });
    out(values.json === true ? `${JSON.stringify(result, undefined, 2)}\n` : renderText(result));
    return result.exit;
  } catch (error) {
    err(`verify: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}
