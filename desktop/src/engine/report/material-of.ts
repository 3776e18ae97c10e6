import { createHash } from 'node:crypto';
import { NOT_STATED } from '@dbwitness/shared/reports/report-model.ts';
import type { LedgerRow, LedgerState } from '../../host/custody.ts';
import type { FindingDetail } from '../../host/findings.ts';
import { LOCKFILE_SHA256 } from '../../product/version.ts';
import { listSessions } from '../analysis/sessions.ts';
import type { EngineContext } from '../context.ts';
import { caseRules } from '../detection/case-rules.ts';
import { findingDetail } from '../detection/finding-detail.ts';
import type { CaseMaterial, Reread } from './collect/case-material.ts';

/** Sessions with a cited record that a report shows. */
const SHOWN_SESSIONS = 200;

/** What differs between a preview and a seal. */
export interface MaterialOptions {
  /** Every entry of the ledger as people see it. */
  readonly rows: readonly LedgerRow[];
  /** What reading the exhibits again said; by default what the ledger has of the last time. */
  readonly reread?: readonly Reread[];
  readonly checkpoints?: CaseMaterial['checkpoints'];
  readonly signal?: AbortSignal | undefined;
}

/** Gathers what the open case has for a report. The derived tables of sessions stand when it resolves. */
export async function materialOf(
  context: EngineContext,
  { rows, reread, checkpoints = [], signal }: MaterialOptions,
): Promise<CaseMaterial> {
  const { store, notes, analysis } = context.open();
  const [findings, outcomes, ruleFiles, gaps, sources] = await Promise.all([
    notes.findings(),
    notes.outcomes(),
    notes.ruleFiles(),
    analysis.gaps(),
    analysis.sources(),
  ]);
  const { value: rules } = await caseRules(ruleFiles);
  const cited = [...new Set(findings.flatMap((finding) => finding.events))];
  const { published, context: known } = await analysis.sessions();
  const { sessions } = await listSessions(
    published,
    { ...known, cited },
    { only: 'with findings', sort: 'from' },
    { offset: 0, limit: SHOWN_SESSIONS },
    signal,
  );
  const { header } = store;
  const identity = context.identity();
  const seals = rows
    .filter((row) => row.act === 'seal')
    .map((row) => JSON.parse(row.body) as { readonly sequence?: unknown; readonly report?: unknown });
  const supersedes = seals.at(-1)?.report;
  const [version = context.version, commit = NOT_STATED] = context.version.split('+');
  return {
    case: header,
    examiner: {
      name: identity?.name ?? (header.examiner.trim() === '' ? context.examiner() : header.examiner),
      role: identity?.role ?? '',
      organisation: identity?.organisation ?? '',
      ...(identity === undefined ? {} : { fingerprint: identity.fingerprint }),
    },
    keyBoundBy: '',
    issued: context.clock().toISOString(),
    version: nextSequence(seals),
    ...(typeof supersedes === 'string' ? { supersedes } : {}),
    exhibits: store.exhibits.map((exhibit) => ({ ...exhibit, offsetMs: store.offsetOf(exhibit.source) })),
    reread: reread ?? lastReadings(rows),
    findings,
    outcomes,
    rules: rules.rules.map((rule) => ({
      key: rule.key,
      title: rule.title,
      level: rule.level ?? NOT_STATED,
      version: rule.modified ?? rule.date ?? NOT_STATED,
      text: rule.text,
    })),
    gaps,
    sources,
    clocks: store.sources,
    sessions,
    ledger: { state: await ledgerState(context), rows },
    checkpoints,
    tool: { version, commit, lockfileSha256: LOCKFILE_SHA256 ?? NOT_STATED },
    environment: [{ name: 'Runtime', value: `Node ${process.versions.node}` }],
    settings: [
      {
        name: 'Estate file',
        value:
          store.estate === undefined
            ? 'none attached'
            : `SHA-256 ${createHash('sha256').update(JSON.stringify(store.estate)).digest('hex')} as read`,
      },
    ],
    query: (sql, params) => store.database.all('scan', sql, [...params], signal),
    async detail(id): Promise<FindingDetail> {
      const finding = findings.find((candidate) => candidate.id === id);
      if (finding === undefined) throw new Error(`no finding ${id}`);
      return { ...(await findingDetail(store, rules, finding, 20, signal)), sql: '' };
    },
  };
}

/** Number of the next package of the case; a failed attempt used its number up. */
export function nextSequence(seals: readonly { readonly sequence?: unknown }[]): number {
  return 1 + Math.max(0, ...seals.map(({ sequence }) => Number(sequence) || 0));
}

async function ledgerState(context: EngineContext): Promise<LedgerState> {
  const { ledger } = context.open();
  const { problems } = await ledger.verify();
  return {
    ...ledger.head,
    head: ledger.lastHash,
    intact: problems.every(({ id }) => id === 'ledger/unsigned' || id === 'ledger/clock-backwards'),
    problems,
  };
}

/** The last `exhibit.verify` of each exhibit. */
function lastReadings(rows: CaseMaterial['ledger']['rows']): readonly Reread[] {
  const last = new Map<string, Reread>();
  for (const row of rows) {
    const [exhibit] = row.object;
    if (row.act !== 'exhibit.verify' || exhibit === undefined) continue;
    const { result, sha256, sha512 } = JSON.parse(row.body) as Readonly<Record<string, string>>;
    const ok = result === 'unchanged';
    last.set(exhibit, {
      exhibit,
      ok,
      detail: ok ? `unchanged, read ${row.at}` : (result ?? ''),
      ...(ok && sha256 !== undefined && sha512 !== undefined ? { sha256, sha512 } : {}),
    });
  }
  return [...last.values()];
}
