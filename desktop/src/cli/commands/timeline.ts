import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import { timelineHistogram, timelineSources } from '../../host/timeline.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine } from '../open-engine.ts';
import { fieldOption, wholeNumber } from '../option-values.ts';
import { iso, table } from '../terminal.ts';
import { filterFrom, WHERE_OPTIONS } from '../where.ts';

export const timelineCommand: Command = {
  name: 'timeline',
  summary: 'How much of what happened when, over all sources of a case.',
  usage: 'CASE',
  arity: [1, 1],
  options: {
    bins: { type: 'string', value: 'N', help: 'number of equal stretches of time (default 24)' },
    by: { type: 'string', value: 'FIELD', help: 'split counts by this field (default class)' },
    ...WHERE_OPTIONS,
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness timeline cases/incident-7 --by user --bins 48',
    'dbwitness timeline cases/incident-7 --where class=audit_change',
  ],
  async run(input, terminal) {
    const [folder = ''] = input.positionals;
    const bins = wholeNumber(input, 'bins', { least: 1, most: 4000 }) ?? 24;
    const split = fieldOption(input, 'by') ?? 'class';
    if (fieldNamed(split)?.home !== 'record' || fieldNamed(split)?.type !== 'text')
      throw new UsageError(
        `--by takes a field whose values can be counted, such as class or user, not ${split}.`,
      );
    const filter = filterFrom(input);
    const engine = await openEngine(input, folder);
    try {
      await openCase(engine, folder);
      const histogram = await engine.request(
        timelineHistogram,
        { filter, bins, split },
        { signal: terminal.signal },
      );
      const sources = await engine.request(
        timelineSources,
        {},
        { signal: terminal.signal, onProgress: terminal.progress },
      );
      terminal.value({ histogram, sources });
      const rows = histogram.series[0]?.map((_, bin) => [
        iso(histogram.from + bin * histogram.bin),
        ...histogram.series.map((series) => String(series[bin] ?? 0)),
      ]);
      terminal.line(
        table([['from (UTC)', ...histogram.keys], ...(rows ?? [])], `l${'r'.repeat(histogram.keys.length)}`),
      );
      terminal.line();
      for (const source of sources) {
        terminal.line(
          `${source.source} (${source.product}): ${source.events} events from ${iso(source.from)} to ${iso(source.to)}, clock offset ${source.offsetMs} ms, continuity ${source.continuity}`,
        );
      }
      if (histogram.unplaced > 0)
        terminal.line(`${histogram.unplaced} records carry no usable time and stand in no stretch.`);
      return 0;
    } finally {
      await engine.close();
    }
  },
};
