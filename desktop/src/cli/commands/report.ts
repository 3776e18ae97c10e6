import { writeFile } from 'node:fs/promises';
import { reportChoiceSchema, reportPdf, reportPreview } from '../../host/report.ts';
import { type Command, UsageError } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine } from '../open-engine.ts';
import { REPORT_OPTIONS, reportChoice } from '../report-choice.ts';

export const reportCommand: Command = {
  name: 'report',
  summary: 'Write the report of a case as HTML or PDF, without sealing it.',
  usage: 'CASE OUT.html|OUT.pdf',
  arity: [2, 2],
  options: { ...REPORT_OPTIONS, ...CASE_OPTIONS },
  examples: ['dbwitness report cases/incident-7 draft.html'],
  async run(input, terminal) {
    const [folder = '', out = ''] = input.positionals;
    if (!/\.(html|pdf)$/.test(out)) throw new UsageError('the report is written as .html or .pdf.');
    const engine = await openEngine(input, folder);
    try {
      await openCase(engine, folder);
      const choice = reportChoiceSchema.parse(reportChoice(input));
      const { html, missing, sha256 } = await engine.request(reportPreview, choice, {
        signal: terminal.signal,
      });
      const content = out.endsWith('.html')
        ? html
        : Buffer.from((await engine.request(reportPdf, choice)).base64, 'base64');
      await writeNew(out, content);
      terminal.value({ out, sha256, missing });
      terminal.line(`${out} written; its report.json has SHA-256 ${sha256}.`);
      for (const { field, why } of missing) terminal.line(`Missing: ${field}: ${why}`);
      return 0;
    } finally {
      await engine.close();
    }
  },
};

/** Never over an existing file (SECURITY OU-8). */
async function writeNew(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${path} exists already and is not written over.`);
  }
}
