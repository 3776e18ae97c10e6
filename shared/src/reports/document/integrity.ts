import type { Report } from '../report-model.ts';
import { type Block, type Labels, line, mono, number, quiet, type Section, table, utc } from './blocks.ts';

/** What ties the evidence to this report, and how complete each source can be shown to be. */
export function integritySection(report: Report, labels: Labels): Section {
  const { integrity } = report;
  const broken = integrity.exhibits.filter((exhibit) => !exhibit.ok);
  const blocks: Block[] = [
    broken.length === 0
      ? {
          kind: 'notice',
          tone: 'good',
          text: [
            integrity.exhibits.length === 0
              ? 'No exhibit was re-read for this report.'
              : `All ${integrity.exhibits.length} exhibits were read again for this report and have the digests taken at intake.`,
          ],
        }
      : {
          kind: 'notice',
          tone: 'bad',
          text: [broken.map((exhibit) => `${exhibit.exhibit}: ${exhibit.detail}`).join('; ')],
        },
    {
      kind: 'facts',
      facts: [
        [
          'Signing key',
          [mono(integrity.key.fingerprint), line, quiet(`bound to the person: ${integrity.key.boundBy}`)],
        ],
        [
          'Time stamps',
          integrity.tokens.length === 0
            ? ['none attached']
            : integrity.tokens.flatMap((token) => [`${token.time} by ${token.authority}`, line]),
        ],
      ],
    },
    {
      kind: 'paragraph',
      text: [
        'Integrity starts at acquisition: nothing here can show what happened to a log before it was taken in.',
      ],
    },
  ];
  if (integrity.checkpoints.length > 0)
    blocks.push(
      table(
        [
          { title: 'Checkpoint', width: 42 },
          { title: 'Size', width: 10, align: 'right' },
          { title: 'Root', width: 48 },
        ],
        integrity.checkpoints.map((point) => [
          [mono(point.origin)],
          [String(point.size)],
          [mono(point.root)],
        ]),
      ),
    );
  return {
    id: 'integrity',
    title: 'Integrity',
    blocks,
    sections: [
      { id: 'continuity', title: 'Continuity of each source', blocks: continuity(report, labels) },
      {
        id: 'known-loss',
        title: 'What these logs are known to lose',
        blocks:
          integrity.knownLoss.length === 0
            ? [
                {
                  kind: 'paragraph',
                  text: ['No known loss is on file for these formats. That is not a proof of completeness.'],
                },
              ]
            : [
                {
                  kind: 'list',
                  items: integrity.knownLoss.map((loss) => [
                    `${loss.facility} (${loss.exhibits.join(', ')}): ${loss.statement} `,
                    quiet(loss.reference),
                  ]),
                },
              ],
      },
    ],
  };
}

function continuity(report: Report, labels: Labels): readonly Block[] {
  if (report.integrity.continuity.length === 0)
    return [{ kind: 'paragraph', text: ['There is no source to judge.'] }];
  const blocks: Block[] = [
    table(
      [
        { title: 'Source', width: 26 },
        { title: 'Exhibits', width: 22 },
        { title: 'Events', width: 14, align: 'right' },
        { title: 'Continuity', width: 38 },
      ],
      report.integrity.continuity.map((source) => [
        [source.source],
        [source.exhibits.join(', ')],
        [number(source.events, labels)],
        [SAID[source.verdict]],
      ]),
    ),
  ];
  for (const source of report.integrity.continuity) {
    if (source.holes.length === 0) continue;
    blocks.push({
      kind: 'list',
      items: source.holes.map((hole) => [
        `${source.source}: hole of `,
        hole.missing === undefined ? 'unknown size' : number(hole.missing, labels),
        ' between ',
        mono(hole.before ?? 'the start'),
        ' and ',
        mono(hole.after ?? 'the end'),
        ' ',
        quiet(
          `${utc(hole.from)} to ${utc(hole.to)}${hole.benign.length === 0 ? '' : `; harmless cause on record: ${hole.benign.join(', ')}`}`,
        ),
      ]),
    });
  }
  return blocks;
}

const SAID: Readonly<Record<Report['integrity']['continuity'][number]['verdict'], string>> = {
  proven: 'Proven: the running numbers of the records have no hole.',
  holes: 'Holes: running numbers are missing.',
  'holes with benign cause': 'Holes, each with a harmless cause on record.',
  'no continuity field': 'Cannot be judged: the format has no running number.',
};
