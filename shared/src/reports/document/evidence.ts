import type { EvidenceItem, Report } from '../report-model.ts';
import {
  type Block,
  type Fact,
  type Labels,
  line,
  moment,
  mono,
  number,
  quiet,
  type Section,
  table,
} from './blocks.ts';

/** Every exhibit: where it came from, its digests over time, how it was read, and what became of every byte. */
export function evidenceSection(report: Report, labels: Labels): Section {
  if (report.evidence.length === 0)
    return {
      id: 'evidence',
      title: 'Evidence',
      blocks: [{ kind: 'notice', tone: 'warning', text: ['No evidence was taken in.'] }],
    };
  return {
    id: 'evidence',
    title: 'Evidence',
    blocks: [
      table(
        [
          { title: 'Exhibit', width: 11 },
          { title: 'Original name', width: 33 },
          { title: 'Format', width: 24 },
          { title: 'Bytes', width: 16, align: 'right' },
          { title: 'Records', width: 16, align: 'right' },
        ],
        report.evidence.map((item) => [
          [{ kind: 'link', to: anchor(item), text: item.id }],
          [item.original.name],
          [item.state === 'imported' ? item.format.title : item.state],
          [number(item.original.bytes, labels)],
          [number(item.records, labels)],
        ]),
      ),
    ],
    sections: report.evidence.map((item) => ({
      id: anchor(item),
      title: item.original.name,
      label: item.id,
      blocks: exhibit(item, labels),
    })),
  };
}

const anchor = (item: EvidenceItem): string => `exhibit-${item.id.toLowerCase().replaceAll('.', '-')}`;

function exhibit(item: EvidenceItem, labels: Labels): readonly Block[] {
  const blocks: Block[] = [{ kind: 'facts', facts: facts(item) }];
  blocks.push(
    table(
      [
        { title: 'Digest', width: 13 },
        { title: 'When', width: 20 },
        { title: 'Value', width: 67 },
      ],
      item.digests.flatMap((digest) =>
        history(digest).map(([when, value]) => [[digest.algorithm], [when], [mono(value)]]),
      ),
    ),
  );
  blocks.push(
    table(
      [
        { title: 'What became of the bytes', width: 52 },
        { title: 'Ranges', width: 14, align: 'right' },
        { title: 'Bytes', width: 18, align: 'right' },
        { title: 'Records', width: 16, align: 'right' },
      ],
      item.ranges.map((range) => [
        [`${range.kind}: ${range.reason}`, ...(range.code === undefined ? [] : [' ', quiet(range.code)])],
        [number(range.ranges, labels)],
        [number(range.bytes, labels)],
        [number(range.records, labels)],
      ]),
    ),
  );
  if (item.problems.length > 0)
    blocks.push({
      kind: 'list',
      items: item.problems.map((problem) => [
        `${problem.severity}: ${problem.message}`,
        ' ',
        quiet(`${problem.code} ${problem.at}`.trim()),
      ]),
    });
  return blocks;
}

/** One line where the three readings agree, or each reading where they do not. */
function history(digest: EvidenceItem['digests'][number]): readonly (readonly [string, string])[] {
  const readings = [
    ['at acquisition', digest.acquired],
    ['at import', digest.imported],
    ...(digest.reported === undefined ? [] : [['at report', digest.reported] as const]),
  ] as const;
  if (readings.every(([, value]) => value === digest.acquired)) {
    return [
      [
        digest.reported === undefined ? 'acquisition, import' : 'acquisition, import, report',
        digest.acquired,
      ],
    ];
  }
  return readings.map(([when, value]) => [when, value] as const);
}

function facts(item: EvidenceItem): readonly Fact[] {
  const { acquisition, system } = item;
  const rows: Fact[] = [
    ['Source', [item.source]],
    ['System', [[system.product, system.version, `host ${system.host}`].join(', ')]],
    ['Audit facility', [system.facility, line, quiet(`policy at the time: ${system.policy}`)]],
    ['Last modified', [item.original.modified]],
    [
      'Acquired',
      [
        `by ${acquisition.person}, ${acquisition.at}, place ${acquisition.place}`,
        line,
        quiet(`method: ${acquisition.method}; tool: ${acquisition.tool}`),
      ],
    ],
    ...item.declared.map((said): Fact => [said.name, [said.value]]),
    ['Taken in', moment(acquisition.imported)],
    ["Provider's digest", [acquisition.providerDigest]],
    [
      'Protection',
      [
        `write protection ${acquisition.writeProtection}; retention ${acquisition.retention}; lock ${acquisition.lock}; hold ${acquisition.hold}`,
      ],
    ],
    [
      'Read as',
      [
        `${item.format.title} `,
        quiet(item.format.because),
        line,
        quiet(`parser ${item.format.parser}, encoding ${item.encoding}`),
      ],
    ],
    ['Zone of stamps', [item.zone.name, ' ', quiet(item.zone.basis)]],
    [
      'Events',
      item.first === undefined || item.last === undefined
        ? ['none with a time']
        : [...moment(item.first), ' to ', ...moment(item.last)],
    ],
    ['Block tree', [`${item.blocks.size} blocks of 64 KiB, root `, mono(item.blocks.root)]],
  ];
  if (item.parent !== undefined)
    rows.unshift(['Derived from', [`${item.parent} by ${item.derivation ?? 'a method that is not stated'}`]]);
  return rows;
}
