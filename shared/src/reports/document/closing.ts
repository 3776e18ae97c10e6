import { completeness } from '../completeness.ts';
import type { Report } from '../report-model.ts';
import { type Block, mono, quiet, type Section, table } from './blocks.ts';

/** What the report does not prove, does not hold, and what was changed or withheld. */
export function closingSection(report: Report): Section {
  const { closing, identity } = report;
  return {
    id: 'limits',
    title: 'Limits',
    blocks: [
      table(
        [
          { title: 'What is claimed', width: 28 },
          { title: 'What carries it', width: 28 },
          { title: 'What it cannot prove', width: 44 },
        ],
        closing.limits.map((limit) => [[limit.claim], [limit.carriedBy], [limit.cannotProve]]),
      ),
    ],
    sections: [
      {
        id: 'lacking',
        title: 'What a complete report would have and this one lacks',
        blocks: lacking(report),
      },
      { id: 'redactions', title: 'Redactions and amendments', blocks: changes(report) },
      {
        id: 'disposition',
        title: 'Disposition and signature',
        blocks: [
          { kind: 'paragraph', text: [closing.disposition] },
          {
            kind: 'signature',
            lines: [
              identity.examiner.name,
              [identity.examiner.role, identity.examiner.organisation]
                .filter((part) => part !== '')
                .join(', '),
              'Place and date',
            ],
          },
        ],
      },
    ],
  };
}

function lacking(report: Report): readonly Block[] {
  const missing = completeness(report);
  if (missing.length === 0)
    return [{ kind: 'paragraph', text: ['Nothing of what such a report should state is missing.'] }];
  return [
    table(
      [
        { title: 'Missing', width: 38 },
        { title: 'Why it matters', width: 62 },
      ],
      missing.map((item) => [[mono(item.field)], [item.why]]),
    ),
  ];
}

function changes(report: Report): readonly Block[] {
  const { redactions, amendments } = report.closing;
  return [
    redactions.length === 0
      ? { kind: 'paragraph', text: ['Nothing was redacted.'] }
      : { kind: 'list', items: redactions.map((item) => [`${item.what}: ${item.why} `, quiet(item.by)]) },
    amendments.length === 0
      ? { kind: 'paragraph', text: ['Nothing was amended.'] }
      : {
          kind: 'list',
          items: amendments.map((item) => [`${item.what}: ${item.why} `, quiet(`${item.by}, ${item.at}`)]),
        },
  ];
}
