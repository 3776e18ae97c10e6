import type { CitedRecord, Report, ReportFinding } from '../report-model.ts';
import {
  type Block,
  type Fact,
  type Inline,
  type Labels,
  line,
  link,
  moment,
  mono,
  number,
  quiet,
  type Run,
  type Section,
  strong,
  table,
  utc,
} from './blocks.ts';

/** One table of all findings, then a page for each. */
export function findingsSection(report: Report, labels: Labels): Section {
  if (report.findings.length === 0) {
    return {
      id: 'findings',
      title: 'Findings',
      blocks: [
        {
          kind: 'notice',
          tone: 'plain',
          text: [
            'No finding is part of this report. That says nothing by itself: ',
            link('coverage', 'what the record cannot show'),
            ' lists the rules that could not run and the stretches that were not recorded.',
          ],
        },
      ],
    };
  }
  const overview = table(
    [
      { title: '', width: 6 },
      { title: 'Level', width: 12 },
      { title: 'Finding', width: 34 },
      { title: 'Who', width: 14 },
      { title: 'First seen', width: 25 },
      { title: 'Records', width: 9, align: 'right' },
    ],
    report.findings.map((finding) => [
      [link(anchor(finding), finding.label)],
      [{ kind: 'level', level: finding.level }],
      [finding.title],
      [finding.user ?? ''],
      [utc(finding.first)],
      [number(finding.count, labels)],
    ]),
  );
  return {
    id: 'findings',
    title: 'Findings',
    blocks: [overview],
    sections: report.findings.map((finding) => page(finding, report, labels)),
  };
}

const anchor = (finding: ReportFinding): string => `finding-${finding.label.toLowerCase()}`;

function page(finding: ReportFinding, report: Report, labels: Labels): Section {
  const blocks: Block[] = [];
  if (finding.rule.description !== '') blocks.push({ kind: 'prose', text: finding.rule.description });
  blocks.push({ kind: 'facts', facts: facts(finding, labels) });
  if (finding.notes.length > 0) {
    blocks.push({ kind: 'paragraph', text: [strong('What the examiner noted')] });
    for (const note of finding.notes) {
      blocks.push({ kind: 'prose', text: note.text });
      blocks.push({ kind: 'paragraph', text: [quiet(`${note.by}, ${note.at}`)] });
    }
  }
  blocks.push({ kind: 'paragraph', text: [strong('Other explanations')] });
  if (finding.alternatives.length === 0)
    blocks.push({
      kind: 'notice',
      tone: 'warning',
      text: [
        'Neither the rule nor the examiner names another explanation. That is a gap in this report, not evidence that there is none.',
      ],
    });
  else
    blocks.push({
      kind: 'list',
      items: finding.alternatives.map((other): Inline => [other.text, ' ', quiet(`(${other.from})`)]),
    });
  const blind = report.coverage.stretches.filter((stretch) => finding.blind.includes(stretch.id));
  if (blind.length > 0) {
    blocks.push({ kind: 'paragraph', text: [strong('What was not written down meanwhile')] });
    blocks.push({
      kind: 'list',
      items: blind.map(
        (stretch): Inline => [
          stretch.what,
          ' ',
          quiet(`${stretch.source}, ${utc(stretch.from)} to ${utc(stretch.to)}`),
        ],
      ),
    });
  }
  blocks.push({ kind: 'paragraph', text: [strong('The records'), ' ', quiet(shown(finding))] });
  blocks.push(
    table(
      [
        { title: 'Record', width: 15 },
        { title: 'Time', width: 25 },
        { title: 'What it says', width: 60 },
      ],
      finding.records.map((record) => [
        [
          mono(record.id),
          line,
          quiet(`line ${record.line}`),
          line,
          quiet(`bytes ${record.from} to ${record.to}`),
        ],
        [utc(record.time), line, quiet(record.timeRaw)],
        fields(record),
      ]),
    ),
  );
  const rest = finding.cites.slice(finding.records.length);
  if (rest.length > 0) blocks.push({ kind: 'paragraph', text: ['Further records: ', mono(rest.join('  '))] });
  return {
    id: anchor(finding),
    title: finding.title,
    label: finding.label,
    level: finding.level,
    startsPage: true,
    blocks,
  };
}

function facts(finding: ReportFinding, labels: Labels): readonly Fact[] {
  const rows: Fact[] = [
    ['Source', [finding.source]],
    ['Who', [finding.user ?? 'not recorded']],
    ['Object', [finding.object ?? 'not recorded']],
    ['First', moment(finding.first)],
    ['Last', moment(finding.last)],
    ['Records', [number(finding.count, labels)]],
  ];
  if (finding.peak !== undefined)
    rows.push([
      'Measured',
      [number(finding.peak, labels), ' ', quiet('what the rule counts, at its highest')],
    ]);
  if (finding.group.length > 0)
    rows.push(['Grouped by', joined(finding.group.map((item) => [item.name, ' ', mono(item.value)]))]);
  if (finding.windowIncomplete === true)
    rows.push(['Window', ['reaches beyond what was recorded: records that belong to it may be missing']]);
  if (finding.selections.length > 0)
    rows.push(['Fired by', joined(finding.selections.map((selection) => [mono(selection)]))]);
  rows.push(['Judged as', [finding.triage === 'new' ? 'not judged yet' : finding.triage]]);
  if (finding.tags.length + finding.analystTags.length > 0)
    rows.push(['Tags', joined([...finding.tags, ...finding.analystTags].map((tag) => [mono(tag)]))]);
  rows.push([
    'Rule',
    [finding.rule.title, ' ', mono(finding.rule.id), line, quiet('SHA-256 '), mono(finding.rule.sha256)],
  ]);
  if (finding.rule.author !== '') rows.push(['Rule by', [finding.rule.author]]);
  if (finding.rule.references.length > 0)
    rows.push(['See', joined(finding.rule.references.map((reference) => [reference]))]);
  return rows;
}

function shown(finding: ReportFinding): string {
  const cited = finding.cites.length;
  if (finding.records.length < cited)
    return `${finding.records.length} of ${cited} cited records are shown; each has a proof in data/proofs/`;
  return cited === 1
    ? 'it has a proof in data/proofs/'
    : `all ${cited} cited records; each has a proof in data/proofs/`;
}

/** Fields whose values are long: each on a line of its own, behind the short ones. */
const LONG: ReadonlySet<string> = new Set(['statement', 'message', 'parameters']);

function fields(record: CitedRecord): Inline {
  const said = (field: CitedRecord['fields'][number]): Inline => [
    quiet(`${field.name}\u00a0`),
    record.met.includes(field.name) ? { kind: 'mark', text: field.value } : mono(field.value),
  ];
  const short = record.fields
    .filter((field) => !LONG.has(field.name))
    .flatMap((field, at): Run[] => [at === 0 ? '' : '\u00a0 ', ...said(field)]);
  const long = record.fields
    .filter((field) => LONG.has(field.name))
    .flatMap((field): Run[] => [line, ...said(field)]);
  return [...short, ...long];
}

function joined(items: readonly Inline[]): Inline {
  return items.flatMap((item, at) => (at === 0 ? item : [', ', ...item]));
}
