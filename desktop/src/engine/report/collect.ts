import { createHash } from 'node:crypto';
import { uuid5 } from '@dbwitness/shared/evidence/uuid5.ts';
import { HONEST_LIMITS } from '@dbwitness/shared/reports/honest-limits.ts';
import {
  type ContinuityVerdict,
  type Coverage,
  type CustodyChain,
  type Integrity,
  type Method,
  NOT_STATED,
  type Report,
  type ReportIdentity,
  type SessionsOverview,
  type SourceTime,
} from '@dbwitness/shared/reports/report-model.ts';
import type { Finding } from '../../host/findings.ts';
import type { ReportChoice } from '../../host/report.ts';
import { nodeUuidTools } from '../node-uuid-tools.ts';
import type { CaseMaterial, TextRow } from './collect/case-material.ts';
import { evidenceItems, recordsOf } from './collect/evidence.ts';
import { bySessions, byTriage, figureBy, PROCEDURES } from './collect/figure.ts';
import { reportFindings, stretch } from './collect/findings.ts';
import { knownLosses } from './collect/known-loss.ts';
import { Moments } from './collect/moments.ts';
import { QueryLog, RECORDS_PER_EXHIBIT, SESSION_TOTALS, SESSIONS_BY_USER } from './collect/queries.ts';
import { wellFormed } from './collect/well-formed.ts';

/**
 * Builds `report.json` of a case (EVIDENCE §12) from what the engine has and the examiner chose. Every number carries
 * the query, rule or procedure that made it. The same material and choice give the same report.
 */
export async function collectReport(
  material: CaseMaterial,
  choice: ReportChoice,
  signal?: AbortSignal,
): Promise<Report> {
  const moments = new Moments(choice.zone === '' ? 'UTC' : choice.zone);
  const queries = new QueryLog(material);
  const records = await queries.run(RECORDS_PER_EXHIBIT, [], [], signal);
  const chosen = chosenFindings(material.findings, choice);
  const findings = await reportFindings(material, chosen, queries, moments, signal);
  const sessions = await sessionsOverview(material, queries, moments, signal);
  return wellFormed({
    profile: 'urn:dbwitness:report:v1',
    identity: identity(material, choice, moments),
    summary: choice.summary.trim(),
    conclusions: choice.conclusions.trim(),
    evidence: evidenceItems(material, records, moments),
    custody: custody(material, moments),
    integrity: integrity(material, records, moments),
    time: sourceTimes(material, records, moments),
    method: method(material, queries, moments),
    findings,
    coverage: coverage(material, chosen, moments),
    sessions,
    closing: {
      limits: HONEST_LIMITS,
      redactions: [],
      disposition: 'The originals stay in the vault of the case; the package holds copies.',
      amendments: [],
    },
  });
}

/** Those that were named; without a choice all that were not judged benign. */
export function chosenFindings(
  findings: readonly Finding[],
  { findings: named }: ReportChoice,
): readonly Finding[] {
  return findings.filter((finding) =>
    named.length === 0 ? finding.triage !== 'benign' : named.includes(finding.id),
  );
}

function identity(material: CaseMaterial, choice: ReportChoice, moments: Moments): ReportIdentity {
  const { rows, state } = material.ledger;
  const taken = material.exhibits.map((exhibit) => exhibit.importedAt).sort();
  const [received] = taken;
  const [first, last] = [rows.find((row) => row.act.startsWith('exhibit.')), rows.at(-1)];
  return {
    id: uuid5(material.case.id, `report/${material.version}/${state.size}/${state.root}`, nodeUuidTools),
    version: material.version,
    ...(material.supersedes === undefined ? {} : { supersedes: material.supersedes }),
    title: choice.title.trim() === '' ? `Examination of ${material.case.name}` : choice.title.trim(),
    case: { id: material.case.id, name: material.case.name },
    exhibits: material.exhibits.map((exhibit) => exhibit.id),
    rootExhibits: material.exhibits
      .filter((exhibit) => exhibit.parent === undefined)
      .map((exhibit) => exhibit.id),
    requester: stated(material.case.requester),
    purpose: stated(material.case.purpose),
    authority: stated(material.case.authority),
    classification: material.case.classification.trim(),
    examiner: material.examiner,
    ...(received === undefined ? {} : { received: moments.text(received) }),
    ...(first === undefined || last === undefined
      ? {}
      : { examined: { from: moments.text(first.at), to: moments.text(last.at) } }),
    issued: moments.text(material.issued),
    zone: moments.zone,
  };
}

function custody({ ledger: { state, rows } }: CaseMaterial, moments: Moments): CustodyChain {
  return {
    ledger: { size: state.size, root: state.root, head: state.head },
    intact: state.intact,
    problems: state.problems.map((problem) =>
      [problem.id, problem.seq === undefined ? '' : `entry ${problem.seq}`, problem.detail]
        .filter((part) => part !== '')
        .join(': '),
    ),
    entries: rows.map(({ at, body: _, ...row }) => ({ ...row, at: moments.text(at) })),
  };
}

function integrity(material: CaseMaterial, records: readonly TextRow[], moments: Moments): Integrity {
  return {
    exhibits: material.reread.map(({ exhibit, ok, detail }) => ({ exhibit, ok, detail })),
    checkpoints: material.checkpoints,
    key: { fingerprint: material.examiner.fingerprint ?? NOT_STATED, boundBy: stated(material.keyBoundBy) },
    tokens: [],
    continuity: material.sources.map((source) => {
      const holes = material.gaps.filter(
        (gap) => gap.source === source.source && (gap.kind === 'hole' || gap.kind === 'hole_benign'),
      );
      return {
        source: source.source,
        exhibits: source.exhibits,
        verdict: verdict(
          source.continuity,
          holes.every((hole) => hole.kind === 'hole_benign'),
        ),
        events: recordsOf(records, source.exhibits),
        holes: holes.map((hole) => stretch(hole, moments)),
      };
    }),
    knownLoss: knownLosses(material.exhibits),
  };
}

function verdict(
  continuity: CaseMaterial['sources'][number]['continuity'],
  allBenign: boolean,
): ContinuityVerdict {
  if (continuity === 'no field') return 'no continuity field';
  if (continuity === 'proven') return 'proven';
  return allBenign ? 'holes with benign cause' : 'holes';
}

function sourceTimes(
  material: CaseMaterial,
  records: readonly TextRow[],
  moments: Moments,
): readonly SourceTime[] {
  return material.sources.map((source) => {
    const clock = material.clocks[source.source];
    const exhibits = material.exhibits.filter((exhibit) => source.exhibits.includes(exhibit.id));
    return {
      source: source.source,
      product: source.product,
      exhibits: source.exhibits,
      from: moments.micros(source.from),
      to: moments.micros(source.to),
      events: recordsOf(records, source.exhibits),
      offsetMs: Math.round(source.offsetMs),
      method: stated(clock?.method),
      anchors: clock?.note === undefined || clock.note.trim() === '' ? [] : [clock.note],
      spread: NOT_STATED,
      confidence: NOT_STATED,
      zones: exhibits
        .filter((exhibit) => exhibit.records > 0)
        .map(
          (exhibit) =>
            `${exhibit.id} ${exhibit.zone ?? 'as the stamps say'} (${exhibit.zoneBasis ?? 'in record'})`,
        ),
    };
  });
}

function method(material: CaseMaterial, queries: QueryLog, moments: Moments): Method {
  const texts = new Map(material.rules.map((rule) => [rule.key, rule]));
  return {
    tool: { name: 'DB Witness', ...material.tool },
    environment: material.environment,
    settings: [{ name: 'Zone of the report', value: moments.zone }, ...material.settings],
    rules: material.outcomes.map((outcome) => {
      const rule = texts.get(outcome.rule);
      return {
        id: outcome.rule,
        title: outcome.title,
        level: rule?.level ?? NOT_STATED,
        version: stated(rule?.version),
        sha256: createHash('sha256')
          .update(rule?.text ?? '')
          .digest('hex'),
        status: outcome.status,
        ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
        matches: figureBy(`rule:${outcome.rule}`)(outcome.matches),
        absentFields: outcome.absentFields,
      };
    }),
    queries: queries.used,
    procedures: PROCEDURES,
    rerun: 'dbwitness rerun <package>',
  };
}

function coverage(material: CaseMaterial, chosen: readonly Finding[], moments: Moments): Coverage {
  const leftOut = material.findings.filter((finding) => !chosen.includes(finding));
  return {
    rulesNotRun: material.outcomes
      .filter((outcome) => outcome.status !== 'ran')
      .map(({ rule, title, reason }) => ({ rule, title, reason: reason ?? 'no reason was given' })),
    rulesLimited: material.outcomes
      .filter(
        ({ status, absentFields, notes }) =>
          status === 'ran' && (absentFields.length > 0 || notes !== undefined),
      )
      .map(({ rule, title, absentFields, notes }) => ({
        rule,
        title,
        absentFields,
        ...(notes === undefined ? {} : { notes }),
      })),
    stretches: material.gaps.map((gap) => stretch(gap, moments)),
    leftOut: [...new Set(leftOut.map((finding) => finding.triage))].sort().map((triage) => ({
      triage,
      findings: byTriage(leftOut.filter((finding) => finding.triage === triage).length),
    })),
  };
}

async function sessionsOverview(
  material: CaseMaterial,
  queries: QueryLog,
  moments: Moments,
  signal?: AbortSignal,
): Promise<SessionsOverview> {
  const [totals] = await queries.run(SESSION_TOTALS, [], [], signal);
  const users = await queries.run(SESSIONS_BY_USER, [], [], signal);
  const [byTotals, byUser] = [
    figureBy(`query:${SESSION_TOTALS.id}`),
    figureBy(`query:${SESSIONS_BY_USER.id}`),
  ];
  return {
    total: byTotals(totals?.total),
    torn: byTotals(totals?.torn),
    failedLogins: byTotals(totals?.failed),
    byUser: users.map((row) => ({
      source: String(row.source),
      user: String(row.user) || NOT_STATED,
      sessions: byUser(row.sessions),
      events: byUser(row.events),
      failures: byUser(row.failures),
    })),
    cited: material.sessions.map((session) => ({
      id: session.id,
      source: session.source,
      user: session.user ?? NOT_STATED,
      database: session.database ?? '',
      client: session.client ?? '',
      application: session.application ?? '',
      from: moments.micros(session.from),
      to: moments.micros(session.to),
      events: bySessions(session.events),
      failures: bySessions(session.failures),
      start: session.start,
      end: session.end,
      basis: session.basis,
      ...(session.uncertain === undefined ? {} : { uncertain: session.uncertain }),
    })),
  };
}

function stated(value: string | undefined): string {
  return value === undefined || value.trim() === '' ? NOT_STATED : value.trim();
}
