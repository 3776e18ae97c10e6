import { createHash } from 'node:crypto';
import { recordProofPath } from '@dbwitness/shared/evidence/record-proof.ts';
import type {
  Alternative,
  CitedRecord,
  NamedText,
  ReportFinding,
  Stretch,
} from '@dbwitness/shared/reports/report-model.ts';
import type { Finding, FindingDetail } from '../../../host/findings.ts';
import type { Gap } from '../../../host/timeline.ts';
import type { CaseMaterial, TextRow } from './case-material.ts';
import { byContinuity, figureBy } from './figure.ts';
import type { Moments } from './moments.ts';
import { CITED_RECORDS, type QueryLog, SHOWN_FIELDS } from './queries.ts';

/** Records that a finding shows in full; all that it cites are listed and proved. */
const SHOWN_RECORDS = 20;
/** Characters of one field that a report shows; the record is whole in the exhibit. */
const SHOWN_CHARACTERS = 2000;

/** Findings in the order of the case, each with its first records. */
export async function reportFindings(
  material: CaseMaterial,
  chosen: readonly Finding[],
  queries: QueryLog,
  moments: Moments,
  signal?: AbortSignal,
): Promise<readonly ReportFinding[]> {
  const shown = [...new Set(chosen.flatMap((finding) => finding.events.slice(0, SHOWN_RECORDS)))].sort();
  const rows =
    chosen.length === 0
      ? []
      : await queries.run(
          CITED_RECORDS,
          [JSON.stringify(shown)],
          [`${shown.length} record ids, shown with the findings`],
          signal,
        );
  const records = new Map(rows.map((row) => [String(row.id), row]));
  const findings: ReportFinding[] = [];
  for (const [at, finding] of chosen.entries()) {
    signal?.throwIfAborted();
    findings.push(one(finding, `F${at + 1}`, await material.detail(finding.id), records, material, moments));
  }
  return findings;
}

function one(
  finding: Finding,
  label: string,
  detail: FindingDetail,
  rows: ReadonlyMap<string, TextRow>,
  material: CaseMaterial,
  moments: Moments,
): ReportFinding {
  const by = figureBy(`rule:${finding.rule}`);
  const met = new Map(detail.why.map((why) => [why.event, why.fields.map((field) => field.name)]));
  const whole = finding.value === undefined || Number.isSafeInteger(finding.value);
  return {
    id: finding.id,
    label,
    title: finding.title,
    level: finding.level,
    triage: finding.triage,
    rule: {
      id: finding.rule,
      title: finding.title,
      author: detail.author,
      description: unwrapped(detail.description),
      references: detail.references,
      sha256: createHash('sha256').update(detail.ruleText).digest('hex'),
    },
    tags: finding.tags,
    analystTags: finding.userTags,
    source: finding.source,
    ...(finding.user === undefined ? {} : { user: finding.user }),
    ...(finding.object === undefined ? {} : { object: finding.object }),
    first: moments.micros(finding.first),
    last: moments.micros(finding.last),
    count: by(finding.count),
    ...(finding.value === undefined || !whole ? {} : { peak: by(finding.value) }),
    group: [
      ...Object.entries(finding.group ?? {}).map(([name, value]): NamedText => ({ name, value })),
      ...(whole ? [] : [{ name: 'measured', value: String(finding.value) }]),
    ],
    ...(finding.windowIncomplete === true ? { windowIncomplete: true } : {}),
    selections: finding.selections,
    alternatives: alternatives(finding, detail),
    notes: finding.notes.map(({ at, by: author, text }) => ({ at, by: author, text })),
    cites: finding.events,
    records: finding.events.slice(0, SHOWN_RECORDS).flatMap((id) => {
      const row = rows.get(id);
      return row === undefined ? [] : [record(id, row, met.get(id) ?? [], moments)];
    }),
    blind: material.gaps
      .filter(
        (gap) =>
          isBlind(gap) &&
          gap.source === finding.source &&
          gap.from <= finding.last &&
          gap.to >= finding.first,
      )
      .map((gap) => gap.id),
  };
}

/** From the rule's own list, and from notes in which the examiner says that they are one. */
function alternatives(finding: Finding, detail: FindingDetail): readonly Alternative[] {
  const examiners = finding.notes.flatMap((note): Alternative[] => {
    const said = /^\s*(?:other explanation|alternative(?: explanation)?)\s*:\s*([\s\S]+)$/i.exec(
      note.text,
    )?.[1];
    return said === undefined ? [] : [{ text: said.trim(), from: note.by }];
  });
  // Sigma's convention for "none known" is no explanation.
  const rules = detail.falsepositives
    .filter((text) => !/^(?:unknown|none|unlikely)\.?$/i.test(text.trim()))
    .map((text): Alternative => ({ text, from: 'rule' }));
  return [...rules, ...examiners];
}

function record(id: string, row: TextRow, met: readonly string[], moments: Moments): CitedRecord {
  const [exhibit = '', ordinal = '0'] = id.split(':');
  return {
    id,
    exhibit,
    line: Number(row.line),
    from: Number(row.from),
    to: Number(row.to),
    time: typeof row.at === 'number' ? moments.micros(row.at) : { utc: 'no usable time' },
    timeRaw: row.raw === null || row.raw === undefined ? '' : String(row.raw),
    fields: SHOWN_FIELDS.flatMap((name) => {
      const value = row[name];
      return value === null || value === undefined ? [] : [{ name, value: shortened(String(value)) }];
    }),
    met,
    proof: recordProofPath(exhibit, Number(ordinal)),
  };
}

/** Rule files wrap their lines; only an empty line parts paragraphs. */
function unwrapped(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' '))
    .join('\n\n');
}

function shortened(value: string): string {
  if (value.length <= SHOWN_CHARACTERS) return value;
  return `${value.slice(0, SHOWN_CHARACTERS)} … cut here; ${value.length} characters in the record`;
}

function isBlind(gap: Gap): boolean {
  return (
    gap.kind === 'not_recorded' ||
    gap.kind === 'narrowed' ||
    gap.kind === 'hole' ||
    gap.kind === 'hole_benign'
  );
}

const KINDS: Readonly<Record<Gap['kind'], Stretch['kind']>> = {
  not_recorded: 'not recorded',
  narrowed: 'narrowed',
  hole: 'hole',
  hole_benign: 'hole with benign cause',
  no_continuity_field: 'no continuity field',
  outside_export: 'outside the export',
};

export function stretch(gap: Gap, moments: Moments): Stretch {
  return {
    id: gap.id,
    kind: KINDS[gap.kind],
    source: gap.source,
    ...(gap.session === undefined ? {} : { session: gap.session }),
    from: moments.micros(gap.from),
    to: moments.micros(gap.to),
    ...(gap.missing === undefined ? {} : { missing: byContinuity(gap.missing) }),
    ...(gap.before === undefined ? {} : { before: gap.before }),
    ...(gap.after === undefined ? {} : { after: gap.after }),
    what: gap.what,
    benign: gap.benign,
    ...(gap.setting === undefined ? {} : { setting: gap.setting }),
  };
}
