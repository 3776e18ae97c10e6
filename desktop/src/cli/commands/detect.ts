import { type Finding, findingsDetect, findingsList } from '../../host/findings.ts';
import type { Command } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine, withIdentity } from '../open-engine.ts';
import { existingPath } from '../option-values.ts';
import { outcomeLines } from '../outcome-lines.ts';
import { iso, table } from '../terminal.ts';

export const detectCommand: Command = {
  name: 'detect',
  summary: 'Run detection rules over a case. Exit code 1 when there are findings.',
  usage: 'CASE',
  arity: [1, 1],
  options: {
    rules: {
      type: 'string',
      value: 'DIR',
      help: 'folder with Sigma rules (default: those that ship with DB Witness)',
    },
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness detect cases/incident-7',
    'dbwitness detect cases/incident-7 --rules my-rules --json',
  ],
  async run(input, terminal) {
    const [folder = ''] = input.positionals;
    const rules = existingPath(input, 'rules');
    const engine = await openEngine(input, folder);
    try {
      await openCase(engine, folder);
      await withIdentity(engine, input, terminal);
      await engine.request(findingsDetect, rules === undefined ? {} : { rules: engine.files.add(rules) }, {
        signal: terminal.signal,
        onProgress: terminal.progress,
      });
      const { findings, rules: outcomes } = await engine.request(findingsList, {});
      const skipped = outcomes.filter((outcome) => outcome.status !== 'ran').length;
      terminal.value({ findings, rules: outcomes, skipped });
      if (findings.length > 0) {
        terminal.line(
          table(
            [['level', 'first (UTC)', 'events', 'who', 'what', 'source'], ...findings.map(row)],
            'llrlll',
          ),
        );
      }
      for (const line of outcomeLines(outcomes, findings.length)) terminal.line(line);
      return findings.length > 0 ? 1 : 0;
    } finally {
      await engine.close();
    }
  },
};

function row(finding: Finding): readonly string[] {
  const who =
    finding.user ??
    Object.entries(finding.group ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  return [finding.level, iso(finding.first), String(finding.count), who, finding.title, finding.source];
}
