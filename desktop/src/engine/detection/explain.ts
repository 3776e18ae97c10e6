import { ruleReferred } from '@dbwitness/shared/sigma/load-rules.ts';
import type { DetectionRule, Rule, RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import { explain } from '@dbwitness/shared/sigma/run/explain.ts';
import type { EventRow } from '../../host/events.ts';
import type { FindingDetail } from '../../host/findings.ts';
import type { CaseStore } from '../case/case-store.ts';
import { eventPlace } from '../query/filter-sql.ts';
import { eventRows } from '../query/pages.ts';
import { eventStorage } from './event-storage.ts';
import { sqlEngine } from './sql-engine.ts';

/**
 * Why a rule fired: for each cited event the fields whose tests it met, with what they hold. For a correlation these are
 * the tests of the rules that it counts.
 */
export async function explainFinding(
  store: CaseStore,
  rules: RuleSet,
  rule: Rule | undefined,
  events: readonly string[],
  signal?: AbortSignal,
): Promise<FindingDetail['why']> {
  const met = new Map<string, Map<string, string>>();
  for (const base of rule === undefined ? [] : baseRules(rule, rules)) {
    const explained = await explain(base, sqlEngine(store.database, signal), events, {
      filters: rules.filters,
      storage: eventStorage(store.coded),
      ...(store.estate === undefined ? {} : { estate: store.estate }),
      ...(signal === undefined ? {} : { signal }),
    });
    for (const { event, tests } of explained) {
      const fields = met.get(event) ?? new Map<string, string>();
      met.set(event, fields);
      for (const { field, value, satisfied } of tests) {
        if (satisfied && field !== undefined && value !== undefined) fields.set(field, value);
      }
    }
  }
  const records = await citedRecords(store, events, signal);
  return [...met].map(([event, fields]) => ({
    event,
    record: records.get(event) ?? {},
    fields: [...fields].map(([name, value]) => ({ name, value })),
  }));
}

const RECORD = ['event_id', 'time', 'user', 'action', 'object', 'rows', 'statement', 'message'] as const;

async function citedRecords(
  store: CaseStore,
  events: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, EventRow>> {
  const places = events.map(eventPlace).filter((place) => place !== undefined);
  if (places.length === 0) return new Map();
  const rows = await eventRows(
    store.database,
    RECORD,
    places.map(() => '(r.exhibit = ? AND r.ordinal = ?)').join(' OR '),
    places.flatMap(({ exhibit, ordinal }) => [exhibit, ordinal]),
    signal,
  );
  return new Map(rows.map((row) => [String(row.event_id), row]));
}

/** The detection rules behind a rule: itself, or what a correlation counts, through other correlations too. */
function baseRules(
  rule: Rule,
  rules: RuleSet,
  seen: ReadonlySet<Rule> = new Set(),
): readonly DetectionRule[] {
  if (rule.kind === 'detection') return [rule];
  if (seen.has(rule)) return [];
  const known = new Set([...seen, rule]);
  return rule.rules.flatMap((reference) => {
    const base = ruleReferred(rules.rules, reference);
    return base === undefined ? [] : baseRules(base, rules, known);
  });
}
