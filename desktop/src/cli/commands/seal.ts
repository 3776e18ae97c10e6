import { join } from 'node:path';
import { identityState } from '../../host/identity.ts';
import { reportSeal } from '../../host/report.ts';
import { type Command, UsageError } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine, withIdentity } from '../open-engine.ts';
import { oneOf } from '../option-values.ts';
import { REPORT_OPTIONS, reportChoice } from '../report-choice.ts';
import { bytes } from '../terminal.ts';
import { verificationLines } from '../verification-lines.ts';

export const sealCommand: Command = {
  name: 'seal',
  summary: 'Seal a case into a signed evidence package and verify what was written.',
  usage: 'CASE',
  arity: [1, 1],
  options: {
    form: { type: 'string', value: 'FORM', help: 'zip (default) or folder' },
    ...REPORT_OPTIONS,
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness seal cases/incident-7',
    'dbwitness seal cases/incident-7 --form folder --passphrase-fd 3 3<secret',
  ],
  async run(input, terminal) {
    const [folder = ''] = input.positionals;
    const form = oneOf(input, 'form', ['zip', 'folder']) ?? 'zip';
    const choice = reportChoice(input);
    const engine = await openEngine(input, folder);
    try {
      await openCase(engine, folder);
      await withIdentity(engine, input, terminal);
      if (!(await engine.request(identityState, {})).unlocked) {
        throw new UsageError('a package is signed: unlock your identity (dbwitness identity makes one).');
      }
      const sealed = await engine.request(
        reportSeal,
        { ...choice, form },
        { signal: terminal.signal, onProgress: terminal.progress },
      );
      terminal.value(sealed);
      terminal.line(`${join(folder, 'packages', sealed.ref)} (${bytes(sealed.bytes)})`);
      terminal.line(`Package digest  ${sealed.digest}`);
      terminal.line(`Signed by key   ${sealed.fingerprint}`);
      for (const line of verificationLines(sealed.verification)) terminal.line(line);
      return sealed.verification.exit === 1 ? 1 : 0;
    } finally {
      await engine.close();
    }
  },
};
