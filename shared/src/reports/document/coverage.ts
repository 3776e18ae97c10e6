import type { Report } from '../report-model.ts';
import { type Block, type Labels, line, mono, number, quiet, type Section, table, utc } from './blocks.ts';

/** What may have happened without a trace: silent stretches, rules that could not run, findings left out. */
export function coverageSection(report: Report, labels: Labels): Section {
  const { coverage } = report;
  return {
    id: 'coverage',
    title: 'What the record cannot show',
    blocks: [
      {
        kind: 'paragraph',
        text: [
          'Nothing found is not the same as nothing done. This part says where the logs were silent and which questions could not be asked of them.',
        ],
      },
    ],
    sections: [
      {
        id: 'stretches',
        title: 'Stretches that were not, or not fully, recorded',
        blocks: stretches(report, labels),
      },
      { id: 'rules-not-run', title: 'Rules that could not have fired', blocks: rules(report) },
      ...(coverage.leftOut.length === 0
        ? []
        : [
            {
              id: 'left-out',
              title: 'Findings that are not in this report',
              blocks: [
                table(
                  [
                    { title: 'Judged by the examiner as', width: 70 },
                    { title: 'Findings', width: 30, align: 'right' as const },
                  ],
                  coverage.leftOut.map((row) => [[row.triage], [number(row.findings, labels)]]),
                ),
              ],
            },
          ]),
    ],
  };
}

function stretches(report: Report, labels: Labels): readonly Block[] {
  if (report.coverage.stretches.length === 0)
    return [
      {
        kind: 'paragraph',
        text: ['None was found. Where a log has no continuity field a hole cannot be seen: see Integrity.'],
      },
    ];
  return [
    table(
      [
        { title: 'From and to', width: 27 },
        { title: 'Source', width: 15 },
        { title: 'Kind', width: 14 },
        { title: 'What was found', width: 35 },
        { title: 'Missing', width: 9, align: 'right' },
      ],
      report.coverage.stretches.map((stretch) => [
        [utc(stretch.from), line, utc(stretch.to)],
        [
          stretch.source,
          ...(stretch.session === undefined ? [] : [line, quiet(`session ${stretch.session}`)]),
        ],
        [stretch.kind],
        [
          stretch.what,
          ...(stretch.before === undefined && stretch.after === undefined
            ? []
            : [
                line,
                quiet('between '),
                mono(stretch.before ?? 'the start'),
                quiet(' and '),
                mono(stretch.after ?? 'the end'),
              ]),
          ...stretch.benign.flatMap((cause) => [line, quiet(`harmless cause on record: ${cause}`)]),
          ...(stretch.setting === undefined ? [] : [line, quiet('setting '), mono(stretch.setting)]),
        ],
        stretch.missing === undefined ? [quiet('unknown')] : [number(stretch.missing, labels)],
      ]),
    ),
  ];
}

function rules(report: Report): readonly Block[] {
  const { rulesNotRun, rulesLimited } = report.coverage;
  const blocks: Block[] = [];
  if (rulesNotRun.length === 0) blocks.push({ kind: 'paragraph', text: ['Every rule ran.'] });
  else
    blocks.push(
      table(
        [
          { title: 'Rule', width: 40 },
          { title: 'Why it could not run', width: 60 },
        ],
        rulesNotRun.map((rule) => [[rule.title, line, mono(rule.rule)], [rule.reason]]),
      ),
    );
  if (rulesLimited.length > 0) {
    blocks.push({
      kind: 'paragraph',
      text: [
        'These rules ran with less than they ask for. What they look for by fields that no record of this case has cannot show up.',
      ],
    });
    blocks.push(
      table(
        [
          { title: 'Rule', width: 50 },
          { title: 'Absent fields, and how it ran', width: 50 },
        ],
        rulesLimited.map(({ title, absentFields, notes = [] }) => [
          [title],
          [
            ...(absentFields.length > 0 ? [mono(absentFields.join(', ')), line] : []),
            ...notes.flatMap((note) => [note, line]),
          ].slice(0, -1),
        ]),
      ),
    );
  }
  return blocks;
}
