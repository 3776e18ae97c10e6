import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import { ruleReferred } from '@dbwitness/shared/sigma/load-rules.ts';
import type { Detection, Rule, RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import type { FindingDetail } from '../../host/findings.ts';
import type { CaseStore } from '../case/case-store.ts';
import { sqlName } from '../db/database.ts';
import { EVENTS } from '../store/event-file.ts';
import { eventExpression, joinedTables } from '../store/event-view.ts';

/**
 * Why a rule fired: for each cited event the fields that the rule asks about, with what they hold. For a correlation
 * these are the fields of the rules that it counts, and what it groups by.
 */
export async function explainFinding(
  store: CaseStore,
  rules: RuleSet,
  rule: Rule | undefined,
  events: readonly string[],
  signal?: AbortSignal,
): Promise<FindingDetail['why']> {
  const fields =
    rule === undefined
      ? []
      : [...askedFields(rule, rules)].filter((field) => fieldNamed(field) !== undefined);
  if (fields.length === 0) return [];
  const columns = fields.map((field) => `CAST(${eventExpression(field)} AS VARCHAR) AS ${sqlName(field)}`);
  const rows = await store.database.all(
    'scan',
    `SELECT c.id AS "event id", ${columns.join(', ')}
     FROM ${joinedTables(EVENTS)}
     JOIN (SELECT unnest(from_json($1, '["VARCHAR"]')) AS id) c
       ON r.exhibit = split_part(c.id, ':', 1) AND r.ordinal = CAST(split_part(c.id, ':', 2) AS INTEGER)
     ORDER BY r.rowid`,
    [JSON.stringify(events)],
    signal,
  );
  return rows.map((row) => ({
    event: String(row['event id']),
    fields: fields.flatMap((name) => {
      const value = row[name];
      return value === null || value === undefined || value === '[]' ? [] : [{ name, value: String(value) }];
    }),
  }));
}

function askedFields(rule: Rule, rules: RuleSet, seen: ReadonlySet<Rule> = new Set()): ReadonlySet<string> {
  const fields = new Set<string>();
  if (seen.has(rule)) return fields;
  if (rule.kind === 'detection') {
    for (const detection of rule.detections.values())
      for (const field of fieldsOf(detection)) fields.add(field);
    return fields;
  }
  for (const field of rule.groupBy) fields.add(field);
  for (const reference of rule.rules) {
    const referred = ruleReferred(rules.rules, reference);
    if (referred === undefined) continue;
    for (const field of askedFields(referred, rules, new Set([...seen, rule]))) fields.add(field);
  }
  return fields;
}

function fieldsOf(detection: Detection): readonly string[] {
  if (detection.kind === 'item') {
    // A member of a list of objects is shown as the list; a keyword has no field of its own.
    const [field] = (detection.item.field ?? '').split('.');
    return field === undefined || field === '' ? [] : [field.toLowerCase()];
  }
  return detection.of.flatMap(fieldsOf);
}
