import type { Report } from '../report-model.ts';
import { type Labels, line, number, quiet, type Section, table, utc } from './blocks.ts';

/** The clock of each source, and what was done to it. */
export function timeSection(report: Report, labels: Labels): Section {
  if (report.time.length === 0)
    return {
      id: 'time',
      title: 'Time',
      blocks: [{ kind: 'paragraph', text: ['No source has a clock to judge.'] }],
    };
  return {
    id: 'time',
    title: 'Time',
    blocks: [
      {
        kind: 'paragraph',
        text: [
          'Raw times are kept as the logs wrote them. An offset is the difference of two clocks at one moment, skew is the rate at which it grows, and drift the change of that rate (RFC 2330); only an offset is ever applied.',
        ],
      },
      table(
        [
          { title: 'Source', width: 20 },
          { title: 'Covers', width: 28 },
          { title: 'Offset added', width: 14, align: 'right' },
          { title: 'How it is known', width: 38 },
        ],
        report.time.map((source) => [
          [source.source, line, quiet(source.product), line, number(source.events, labels), quiet(' events')],
          [utc(source.from), line, utc(source.to)],
          [`${source.offsetMs} ms`],
          [
            source.method,
            line,
            quiet(
              `anchors: ${source.anchors.length === 0 ? 'none' : source.anchors.join(', ')}; spread: ${source.spread}; confidence: ${source.confidence}`,
            ),
            ...source.zones.flatMap((zone) => [line, quiet(`zone: ${zone}`)]),
          ],
        ]),
      ),
    ],
  };
}
