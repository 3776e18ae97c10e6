import type { Match } from '@dbwitness/shared/sigma/detection.ts';
import type { Rule, RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import { runRules } from '@dbwitness/shared/sigma/run/run-rules.ts';
import type { Problem } from '@dbwitness/shared/text/problem.ts';
import type { RuleOutcome } from '../../host/findings.ts';
import type { CallOptions } from '../../host/request.ts';
import type { CaseStore } from '../case/case-store.ts';
import type { OpenedCase } from '../context.ts';
import { EVENTS } from '../store/event-file.ts';
import { caseCoverage } from './case-coverage.ts';
import { caseRules } from './case-rules.ts';
import { eventStorage } from './event-storage.ts';
import { type EventFacts, type FoundFinding, findingGrouping, findingsOf } from './finding.ts';
import type { RuleFiles } from './rule-files.ts';
import { sqlEngine } from './sql-engine.ts';

export interface Detection {
  readonly rules: RuleSet;
  readonly outcomes: readonly RuleOutcome[];
  readonly findings: readonly FoundFinding[];
}

/** Runs the rules over the case. What cannot run, a rule or a file that holds none, is an outcome with its reason, not an error. */
export async function detect(
  { store, analysis }: Pick<OpenedCase, 'store' | 'analysis'>,
  files: RuleFiles,
  { signal, onProgress }: CallOptions = {},
): Promise<Detection> {
  const { value: rules, problems } = await caseRules(files.files);
  const byKey = new Map(rules.rules.map((rule) => [rule.key, rule]));
  const outcomes: RuleOutcome[] = [...withoutRule(rules, problems)];
  const found: { readonly rule: Rule; readonly matches: readonly Match[] }[] = [];
  const sources = new Map(store.exhibits.map((exhibit) => [exhibit.id, exhibit.source]));
  const runs = runRules(rules, sqlEngine(store.database, signal), {
    ...(store.estate === undefined ? {} : { estate: store.estate }),
    ...(signal === undefined ? {} : { signal }),
    grouping: findingGrouping((exhibit) => sources.get(exhibit) ?? exhibit),
    storage: eventStorage(store.coded),
    coverage: () => caseCoverage({ store, analysis }, signal),
    onProgress: (done, total) => onProgress?.({ phase: 'Running rules', done, total, unit: 'rules' }),
  });
  for await (const run of runs) {
    const rule = byKey.get(run.rule);
    outcomes.push({
      rule: run.rule,
      title: run.title,
      status: run.status,
      ...(run.reason === undefined ? {} : { reason: run.reason }),
      ...(run.needs === undefined ? {} : { needs: run.needs }),
      ...(run.notes === undefined ? {} : { notes: run.notes }),
      matches: run.total,
      absentFields: run.absentFields,
      ms: run.ms,
    });
    if (rule !== undefined) found.push({ rule, matches: run.matches });
  }
  // What all of them cite, in one pass over the records.
  const cited = new Set(found.flatMap(({ matches }) => matches.flatMap(({ events }) => events)));
  const facts = await eventFacts(store, cited, signal);
  const findings = found.flatMap(({ rule, matches }) =>
    findingsOf(rule, matches, (event) => facts.get(event)),
  );
  return { rules, outcomes, findings: findings.sort(byWeight) };
}

/** Faults of no rule: a file that is not YAML, a document that is no rule. Unsaid, the rule in it would seem to have found nothing. */
function withoutRule(rules: RuleSet, problems: readonly Problem[]): readonly RuleOutcome[] {
  const told = new Set(rules.rules.flatMap(({ faults }) => faults));
  const files = new Map<string, string>();
  for (const found of problems) {
    // A file that was named by itself has no name within its folder.
    const file = found.at?.file || 'rule file';
    // The first fault of a file is the cause, and others may follow from it.
    if (found.severity === 'error' && !told.has(found) && !files.has(file)) files.set(file, found.message);
  }
  return [...files].map(
    ([file, reason]): RuleOutcome => ({
      rule: file,
      title: file,
      status: 'failed',
      reason,
      matches: 0,
      absentFields: [],
      ms: 0,
    }),
  );
}

const WEIGHT = { critical: 0, high: 1, medium: 2, low: 3, informational: 4 } as const;

function byWeight(a: FoundFinding, b: FoundFinding): number {
  return WEIGHT[a.level] - WEIGHT[b.level] || a.first - b.first || (a.id < b.id ? -1 : 1);
}

/** Who and what the cited events are about, in one query. */
async function eventFacts(
  store: CaseStore,
  events: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, EventFacts>> {
  if (events.size === 0) return new Map();
  const rows = await store.database.all(
    'scan',
    `SELECT c.id, CAST(r.exhibit AS VARCHAR) AS exhibit, CAST(r.session AS VARCHAR) AS session,
       CAST(r."user" AS VARCHAR) AS "user", CAST(r.object AS VARCHAR) AS object
     FROM (SELECT unnest(from_json($1, '["VARCHAR"]')) AS id) c
     JOIN ${EVENTS}.record r ON r.exhibit = split_part(c.id, ':', 1) AND r.ordinal = CAST(split_part(c.id, ':', 2) AS INTEGER)`,
    [JSON.stringify([...events])],
    signal,
  );
  const sources = new Map(store.exhibits.map((exhibit) => [exhibit.id, exhibit.source]));
  return new Map(
    rows.map((row) => {
      const text = (name: string) =>
        row[name] === null || row[name] === undefined ? undefined : String(row[name]);
      const [session, user, object] = [text('session'), text('user'), text('object')];
      const facts: EventFacts = {
        source: sources.get(String(row.exhibit)) ?? String(row.exhibit),
        ...(session === undefined ? {} : { session }),
        ...(user === undefined ? {} : { user }),
        ...(object === undefined ? {} : { object }),
      };
      return [String(row.id), facts] as const;
    }),
  );
}
