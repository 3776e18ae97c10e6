import { identityState } from '../../host/identity.ts';
import { reportChoiceSchema, reportSeal } from '../../host/report.ts';
import { type Command, UsageError } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine, withIdentity } from '../open-engine.ts';
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
    const form = input.text('form') ?? 'zip';
    if (form !== 'zip' && form !== 'folder') throw new UsageError('--form takes zip or folder.');
    const engine = await openEngine(input, folder);
    try {
      await withIdentity(engine, input, terminal);
      if (!(await engine.request(identityState, {})).unlocked) {
        throw new UsageError('a package is signed: unlock your identity (dbwitness identity makes one).');
      }
      await openCase(engine, folder);
      const sealed = await engine.request(
        reportSeal,
        { ...reportChoiceSchema.parse(reportChoice(input)), form },
        { signal: terminal.signal, onProgress: terminal.progress },
      );
      terminal.value(sealed);
      terminal.line(`${sealed.name} (${bytes(sealed.bytes)})`);
      terminal.line(`Package digest  ${sealed.digest}`);
      terminal.line(`Signed by key   ${sealed.fingerprint}`);
      for (const line of verificationLines(sealed.verification)) terminal.line(line);
      return sealed.verification.exit === 1 ? 1 : 0;
    } finally {
      await engine.close();
    }
  },
};
