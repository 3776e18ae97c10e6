import { type Gap, timelineGaps } from '../../host/timeline.ts';
import type { Command } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine } from '../open-engine.ts';
import { iso } from '../terminal.ts';

const TITLES: Readonly<Record<Gap['kind'], string>> = {
  not_recorded: 'Not recorded',
  narrowed: 'Recorded less',
  hole: 'Records missing',
  hole_benign: 'Records missing, with a cause on record',
  no_continuity_field: 'Nothing counts the records',
  outside_export: 'Outside the export',
};

export const gapsCommand: Command = {
  name: 'gaps',
  summary:
    'Stretches about which the record says less than everything. Exit code 1 when records are missing or were not made.',
  usage: 'CASE',
  arity: [1, 1],
  options: {
    source: { type: 'string', value: 'NAME', help: 'only this source' },
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness gaps cases/incident-7',
    'dbwitness gaps cases/incident-7 --source "db3 mariadb" --json',
  ],
  async run(input, terminal) {
    const [folder = ''] = input.positionals;
    const source = input.text('source');
    const engine = await openEngine(input, folder);
    try {
      await openCase(engine, folder);
      const gaps = await engine.request(timelineGaps, source === undefined ? {} : { source }, {
        signal: terminal.signal,
        onProgress: terminal.progress,
      });
      terminal.value(gaps);
      for (const [kind, title] of Object.entries(TITLES)) {
        const some = gaps.filter((gap) => gap.kind === kind);
        if (some.length === 0) continue;
        terminal.line(`${title} (${some.length})`);
        for (const gap of some.slice(0, 100)) {
          terminal.line(`  ${iso(gap.from)} – ${iso(gap.to)}  ${gap.source}`);
          terminal.line(`    ${gap.what}`);
          for (const cause of gap.benign) terminal.line(`    May be harmless: ${cause}.`);
        }
        if (some.length > 100) terminal.line(`  … and ${some.length - 100} more; --json prints all.`);
      }
      if (gaps.length === 0)
        terminal.line('No stretch is known about which the record says less than everything.');
      return gaps.some((gap) => ['not_recorded', 'narrowed', 'hole'].includes(gap.kind)) ? 1 : 0;
    } finally {
      await engine.close();
    }
  },
};
