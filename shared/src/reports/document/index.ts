import type { FigureSource, Report } from '../report-model.ts';
import type { Fact, Labels, ReportDocument, Section, Tile } from './blocks.ts';
import { grouped, moment, mono, utc } from './blocks.ts';
import { closingSection } from './closing.ts';
import { coverageSection } from './coverage.ts';
import { custodySection } from './custody.ts';
import { evidenceSection } from './evidence.ts';
import { findingsSection } from './findings.ts';
import { glossarySection } from './glossary.ts';
import { integritySection } from './integrity.ts';
import { methodSection } from './method.ts';
import { sessionsSection } from './sessions.ts';
import { summarySection } from './summary.ts';
import { timeSection } from './time.ts';
import { verifySection } from './verify.ts';

/** The parts of a report in the order in which they are read. */
const PARTS = [
  summarySection,
  findingsSection,
  coverageSection,
  evidenceSection,
  sessionsSection,
  custodySection,
  integritySection,
  timeSection,
  methodSection,
  closingSection,
  verifySection,
  glossarySection,
] as const satisfies readonly ((report: Report, labels: Labels) => Section)[];

/** Everything that a view of `report` says, in order: a pure function, so every view says the same. */
export function reportDocument(report: Report): ReportDocument {
  const labels = sourceLabels(report);
  return {
    title: report.identity.title,
    subtitle: report.identity.case.name,
    classification: report.identity.classification,
    cover: cover(report),
    glance: glance(report, labels),
    sections: PARTS.map((part) => part(report, labels)),
  };
}

/** `Q1`… for queries, `R1`… for rules, `P1`… for procedures, in the order of `method`. */
function sourceLabels(report: Report): Labels {
  const { queries, rules, procedures } = report.method;
  return new Map<FigureSource, string>([
    ...queries.map((query, at) => [`query:${query.id}`, `Q${at + 1}`] as const),
    ...rules.map((rule, at) => [`rule:${rule.id}`, `R${at + 1}`] as const),
    ...procedures.map((procedure, at) => [`procedure:${procedure.id}`, `P${at + 1}`] as const),
  ]);
}

function cover(report: Report): readonly Fact[] {
  const { identity } = report;
  const examiner = [identity.examiner.name, identity.examiner.role, identity.examiner.organisation];
  const version =
    identity.supersedes === undefined
      ? [`${identity.version}`]
      : [`${identity.version}, replaces `, mono(identity.supersedes)];
  return [
    ['Case', [identity.case.name, ' ', mono(identity.case.id)]],
    ['Report', [mono(identity.id)]],
    ['Version', version],
    ['Requested by', [identity.requester]],
    ['Purpose', [identity.purpose]],
    ['Authority', [identity.authority]],
    ['Examiner', [examiner.filter((part) => part !== '').join(', ')]],
    ['Received', identity.received === undefined ? ['no evidence was received'] : moment(identity.received)],
    [
      'Examined',
      identity.examined === undefined
        ? ['nothing was examined']
        : [utc(identity.examined.from), ' to ', utc(identity.examined.to)],
    ],
    ['Issued', moment(identity.issued)],
    [
      'Times',
      [identity.zone === 'UTC' ? 'All times are UTC.' : `All times are UTC; in brackets ${identity.zone}.`],
    ],
  ];
}

function glance(report: Report, labels: Labels): readonly Tile[] {
  const records = report.evidence.filter((item) => item.derivation === undefined || item.records.value > 0);
  const total = records.reduce((sum, item) => sum + item.records.value, 0);
  const by = records[0]?.records.by;
  const source = by === undefined ? undefined : labels.get(by);
  const severe = report.findings.filter(
    (finding) => finding.level === 'critical' || finding.level === 'high',
  ).length;
  const silent = report.coverage.stretches.filter(
    (stretch) => stretch.kind === 'not recorded' || stretch.kind === 'hole',
  ).length;
  return [
    { value: grouped(report.findings.length), label: report.findings.length === 1 ? 'finding' : 'findings' },
    { value: grouped(severe), label: 'high or critical', ...(severe > 0 ? { tone: 'bad' as const } : {}) },
    { value: grouped(total), label: 'records read', ...(source === undefined ? {} : { source }) },
    { value: grouped(report.evidence.length), label: report.evidence.length === 1 ? 'exhibit' : 'exhibits' },
    {
      value: grouped(silent),
      label: 'stretches unrecorded',
      ...(silent > 0 ? { tone: 'warning' as const } : {}),
    },
    report.custody.intact
      ? { value: 'intact', label: 'custody ledger', tone: 'good' }
      : { value: 'broken', label: 'custody ledger', tone: 'bad' },
  ];
}
