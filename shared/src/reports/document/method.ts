import type { Report } from '../report-model.ts';
import { type Block, type Labels, line, mono, number, quiet, type Section, table } from './blocks.ts';

/** Everything that is needed to get the same numbers again. */
export function methodSection(report: Report, labels: Labels): Section {
  const { method } = report;
  const blocks: Block[] = [
    {
      kind: 'paragraph',
      text: [
        'Small letters after a number name what produced it: Q a query, R a rule, P a procedure of the tool. Each is listed here.',
      ],
    },
    {
      kind: 'facts',
      facts: [
        [
          'Tool',
          [
            `${method.tool.name} ${method.tool.version}`,
            line,
            quiet(`commit ${method.tool.commit}; lock file SHA-256 ${method.tool.lockfileSha256}`),
          ],
        ],
        ['To run again', [mono(method.rerun)]],
        ...method.environment.map((item) => [item.name, [item.value]] as const),
        ...method.settings.map((item) => [item.name, [item.value]] as const),
      ],
    },
  ];
  return {
    id: 'method',
    title: 'Method',
    blocks,
    sections: [
      { id: 'rules', title: 'Rules', blocks: [rules(report, labels)] },
      {
        id: 'procedures',
        title: 'Procedures',
        blocks: [
          table(
            [
              { title: '', width: 6 },
              { title: 'Procedure', width: 20 },
              { title: 'What it does', width: 74 },
            ],
            method.procedures.map((procedure, at) => [
              [`P${at + 1}`],
              [mono(procedure.id)],
              [procedure.what],
            ]),
          ),
        ],
      },
      { id: 'queries', title: 'Queries', blocks: queries(report) },
    ],
  };
}

function rules(report: Report, labels: Labels): Block {
  if (report.method.rules.length === 0) return { kind: 'paragraph', text: ['No rule was run.'] };
  return table(
    [
      { title: '', width: 6 },
      { title: 'Rule', width: 44 },
      { title: 'Changed', width: 13 },
      { title: 'SHA-256', width: 18 },
      { title: 'Outcome', width: 10 },
      { title: 'Matches', width: 9, align: 'right' },
    ],
    report.method.rules.map((rule, at) => [
      [`R${at + 1}`],
      [rule.title, line, quiet(rule.id)],
      [rule.version],
      [mono(`${rule.sha256.slice(0, 16)}`)],
      [rule.status],
      [number(rule.matches, labels)],
    ]),
  );
}

function queries(report: Report): readonly Block[] {
  return report.method.queries.flatMap((query, at): Block[] => [
    { kind: 'paragraph', text: [`Q${at + 1} `, query.what, ' ', quiet(`${query.rows} rows`)] },
    {
      kind: 'code',
      text: query.sql,
      id: `q${at + 1}`,
      label: `SHA-256 ${query.sha256}${query.parameters.length === 0 ? '' : `; with ${query.parameters.join(', ')}`}`,
    },
  ]);
}
