import { reportPdf, reportPreview } from '../../host/report.ts';
import { type Command, UsageError } from '../command.ts';
import { refuseExisting, writeNewFile } from '../new-file.ts';
import { CASE_OPTIONS, openCase, openEngine } from '../open-engine.ts';
import { REPORT_OPTIONS, reportChoice } from '../report-choice.ts';

export const reportCommand: Command = {
  name: 'report',
  summary: 'Write the report of a case as HTML or PDF, without sealing it.',
  usage: 'CASE OUT.html|OUT.pdf',
  arity: [2, 2],
  options: { ...REPORT_OPTIONS, ...CASE_OPTIONS },
  examples: [
    'dbwitness report cases/incident-7 draft.html',
    'dbwitness report cases/incident-7 draft.pdf --title "Incident 7" --zone Europe/Berlin',
  ],
  async run(input, terminal) {
    const [folder = '', out = ''] = input.positionals;
    if (!/\.(html|pdf)$/.test(out)) throw new UsageError('the report is written as .html or .pdf.');
    const choice = reportChoice(input);
    await refuseExisting(out);
    const engine = await openEngine(input, folder);
    try {
      await openCase(engine, folder);
      const { html, missing, sha256 } = await engine.request(reportPreview, choice, {
        signal: terminal.signal,
      });
      const content = out.endsWith('.html')
        ? html
        : Buffer.from((await engine.request(reportPdf, choice)).base64, 'base64');
      await writeNewFile(out, (file) => file.writeFile(content));
      terminal.value({ out, sha256, missing });
      terminal.line(`${out} written; its report.json has SHA-256 ${sha256}.`);
      for (const { field, why } of missing) terminal.line(`Missing: ${field}: ${why}`);
      return 0;
    } finally {
      await engine.close();
    }
  },
};
