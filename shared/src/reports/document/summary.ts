import type { Report } from '../report-model.ts';
import { type Block, type Chart, link, micros, type Section } from './blocks.ts';

/** The examiner's words first, then the whole record on one time axis. */
export function summarySection(report: Report): Section {
  const blocks: Block[] = [];
  if (report.summary !== '') blocks.push({ kind: 'prose', text: report.summary });
  else
    blocks.push({
      kind: 'paragraph',
      text: [
        'The examiner wrote no summary. What follows are the findings as the rules and the examiner left them.',
      ],
    });
  const chart = overview(report);
  if (chart !== undefined) blocks.push(chart);
  const rejected = report.evidence.flatMap((item) =>
    item.ranges.filter((range) => range.kind === 'rejected' && range.bytes.value > 0).map(() => item.id),
  );
  if (rejected.length > 0)
    blocks.push({
      kind: 'notice',
      tone: 'warning',
      text: [
        `Bytes of ${[...new Set(rejected)].join(', ')} could not be read as records; `,
        link('evidence', 'Evidence'),
        ' lists how many and why.',
      ],
    });
  if (report.conclusions !== '') {
    return {
      id: 'summary',
      title: 'Summary',
      blocks,
      sections: [
        { id: 'conclusions', title: 'Conclusions', blocks: [{ kind: 'prose', text: report.conclusions }] },
      ],
    };
  }
  return { id: 'summary', title: 'Summary', blocks };
}

function overview(report: Report): Chart | undefined {
  const spans = report.time.map((source) => ({
    source: source.source,
    from: micros(source.from),
    to: micros(source.to),
  }));
  if (spans.length === 0) return undefined;
  const lanes = spans.map((span) => ({
    label: span.source,
    from: span.from,
    to: span.to,
    bands: report.coverage.stretches
      .filter((stretch) => stretch.source === span.source)
      .flatMap((stretch) => {
        const kind = BANDS[stretch.kind];
        return kind === undefined ? [] : [{ kind, from: micros(stretch.from), to: micros(stretch.to) }];
      }),
    marks: report.findings
      .filter((finding) => finding.source === span.source)
      .map((finding) => ({ label: finding.label, level: finding.level, at: micros(finding.first) }))
      // What is drawn last lies on top.
      .sort((a, b) => WEIGHT[a.level] - WEIGHT[b.level] || a.at - b.at),
  }));
  return {
    kind: 'chart',
    title: 'What each source covers, where it is silent, and where the findings lie',
    from: Math.min(...spans.map((span) => span.from)),
    to: Math.max(...spans.map((span) => span.to)),
    lanes,
  };
}

const WEIGHT = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 } as const;

const BANDS: Readonly<
  Record<Report['coverage']['stretches'][number]['kind'], 'silent' | 'narrowed' | 'hole' | undefined>
> = {
  'not recorded': 'silent',
  narrowed: 'narrowed',
  hole: 'hole',
  'hole with benign cause': 'hole',
  'no continuity field': undefined,
  'outside the export': undefined,
};
