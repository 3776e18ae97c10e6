import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, type Engine } from '@dbwitness/desktop/engine/engine.ts';
import { casesAttachEstate, casesCreate, newCaseSchema } from '@dbwitness/desktop/host/cases.ts';
import { type Exhibit, evidenceImport } from '@dbwitness/desktop/host/evidence.ts';
import {
  type Finding,
  findingsDetect,
  findingsList,
  type RuleOutcome,
} from '@dbwitness/desktop/host/findings.ts';
import {
  sessionFilterSchema,
  sessionsDetail,
  sessionsList,
  sessionsOfEvent,
} from '@dbwitness/desktop/host/sessions.ts';
import { type Gap, timelineGaps } from '@dbwitness/desktop/host/timeline.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Act, type Marks, readTruth } from './tabletop-truth.ts';

// The whole chain on logs that real servers wrote: every act of truth.yml is found by the rule it names, and nothing fires
// on the ordinary traffic beyond what truth.yml allows.

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const fixture = join(root, 'test/fixtures/tabletop');
const truth = readTruth(join(fixture, 'truth.yml'));

let folder: string;
let engine: Engine;
let exhibits: readonly Exhibit[];
let findings: readonly Finding[];
let outcomes: readonly RuleOutcome[];
let gaps: readonly Gap[];
/** Rule key → the rule's name, which truth.yml uses. */
const names = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dbwitness-tabletop-'));
  engine = createEngine({ casesDir: folder, profileDir: join(folder, 'profile') });
  await engine.request(casesCreate, newCaseSchema.parse({ name: 'tabletop' }));
  await engine.request(casesAttachEstate, {
    file: engine.files.add(join(root, 'shared/content/estates/tabletop.yml')),
  });
  const imported = await engine.request(evidenceImport, {
    items: truth.sources.map(({ id, zone, zone_known }) => ({
      file: engine.files.add(join(fixture, 'logs', id)),
      source: id,
      ...(zone_known === 'in record' ? {} : { zone }),
    })),
  });
  expect(imported.flatMap((outcome) => (outcome.error === undefined ? [] : [outcome.error.message]))).toEqual(
    [],
  );
  exhibits = imported.flatMap((outcome) => outcome.exhibits);
  await engine.request(findingsDetect, {});
  ({ findings, rules: outcomes } = await engine.request(findingsList, {}));
  gaps = await engine.request(timelineGaps, {});
  const { value } = loadRules(await engine.context.open().notes.ruleFiles());
  for (const rule of value.rules) names.set(rule.key, rule.name ?? rule.title);
}, 120_000);

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** Events that carry the marks, by id. */
async function eventsWith(marks: Marks, from?: string, to?: string): Promise<readonly string[]> {
  const parts: string[] = [];
  const values: string[] = [];
  const add = (sql: (place: string) => string, value: string | undefined) => {
    if (value === undefined) return;
    values.push(value);
    parts.push(sql(`$${values.length}`));
  };
  const own = exhibits
    .filter((exhibit) => exhibit.source === marks.source)
    .map((exhibit) => `'${exhibit.id}'`);
  if (marks.source !== undefined) parts.push(`exhibit IN (${own.join(', ')})`);
  add((p) => `"user" = ${p}`, marks.user);
  add((p) => `client_ip = ${p}`, marks.client_ip);
  add((p) => `contains(statement, ${p})`, marks.statement_contains);
  add((p) => `contains(message, ${p})`, marks.message_contains);
  add((p) => `(object = ${p} OR list_contains(list_transform(objects, o -> o.name), ${p}))`, marks.object);
  add((p) => `time >= CAST(${p} AS TIMESTAMP) - INTERVAL 1 SECOND`, from?.replace('Z', ''));
  add((p) => `time <= CAST(${p} AS TIMESTAMP) + INTERVAL 1 SECOND`, to?.replace('Z', ''));
  const rows = await engine.context
    .open()
    .store.database.all('scan', `SELECT event_id FROM event WHERE ${parts.join(' AND ') || 'true'}`, values);
  return rows.map((row) => String(row.event_id));
}

function findingsOf(rule: string): readonly Finding[] {
  return findings.filter((finding) => names.get(finding.rule) === rule);
}

test('every rule ran', () => {
  expect(outcomes.filter((outcome) => outcome.status !== 'ran')).toEqual([]);
});

test('every byte of the evidence was read as a record', () => {
  for (const { path, bytes, sha256 } of truth.sources.flatMap((source) => source.files)) {
    const exhibit = exhibits.find((one) => one.sha256 === sha256);
    expect(exhibit, path).toMatchObject({ bytes });
  }
  const rejected = exhibits.flatMap((exhibit) => exhibit.ranges.filter((range) => range.kind === 'rejected'));
  expect(rejected).toEqual([]);
});

describe('each act is found by its rule', () => {
  test.each(truth.incident.map((act) => [`${act.id} ${act.rule}: ${act.what}`, act] as const))(
    '%s',
    async (_, act: Act) => {
      const { at_least: least = 1, count, ...marks } = act.match;
      const own = new Set(await eventsWith({ source: act.source, ...marks }, act.from, act.to));
      expect(own.size, 'records that carry the marks').toBeGreaterThanOrEqual(count ?? least);
      const cited = new Set(
        findingsOf(act.rule).flatMap((finding) => finding.events.filter((event) => own.has(event))),
      );
      expect(cited.size, 'of them cited by findings of the rule').toBeGreaterThanOrEqual(count ?? least);
    },
  );
});

test('nothing fires beyond the acts and what is allowed', async () => {
  const acted = new Set<string>();
  for (const { from, to, ...marks } of truth.actors)
    for (const id of await eventsWith(marks, from, to)) acted.add(id);
  const allowed = new Map<string, Set<string>>();
  for (const { rule, why: _, ...marks } of truth.allowed) {
    allowed.set(rule, new Set([...(allowed.get(rule) ?? []), ...(await eventsWith(marks))]));
  }
  const surplus = findings.flatMap((finding) => {
    const name = names.get(finding.rule) ?? '';
    const ordinary = finding.events.filter((event) => !acted.has(event) && !allowed.get(name)?.has(event));
    // The window of a correlation also holds what its group did before; it is surplus where nobody of the incident is in it.
    const fires =
      finding.group === undefined ? ordinary.length > 0 : ordinary.length === finding.events.length;
    return fires
      ? [`${name} ${finding.source} ${finding.user ?? ''}: ${ordinary.slice(0, 5).join(' ')}`]
      : [];
  });
  expect(surplus).toEqual([]);
});

test.each(truth.forged.map((forged) => [forged.what, forged] as const))('forged: %s', async (_, forged) => {
  const { what: __, from, to, must_not_fire: must, ...marks } = forged;
  const events = new Set(await eventsWith(marks, from, to));
  expect(events.size, 'the text is in the record').toBeGreaterThan(0);
  const fooled = findingsOf(must.rule).filter((finding) => finding.events.some((event) => events.has(event)));
  expect(fooled).toEqual([]);
  expect(findingsOf(must.rule).filter((finding) => finding.object === must.object)).toEqual([]);
});

test('stretches in which auditing was off are told, with how much ran unseen', () => {
  for (const { source, from, to } of truth.not_recorded) {
    const gap = gaps.find((one) => one.kind === 'not_recorded' && one.source === source);
    expect(gap, source).toBeDefined();
    // A reload takes effect some seconds after the statement that asks for it.
    expect(Math.abs((gap?.from ?? 0) / 1000 - Date.parse(from)), `${source} from`).toBeLessThanOrEqual(
      15_000,
    );
    expect(Math.abs((gap?.to ?? 0) / 1000 - Date.parse(to)), `${source} to`).toBeLessThanOrEqual(15_000);
  }
  expect(gaps.find((gap) => gap.kind === 'not_recorded' && gap.source === 'db3')?.missing).toBeGreaterThan(
    10,
  );
  expect(gaps.filter((gap) => gap.kind === 'hole')).toEqual([]);
});

test('every session has an id of its own and can be opened by it', async () => {
  const { sessions, total } = await engine.request(sessionsList, {
    filter: sessionFilterSchema.parse({}),
    offset: 0,
    limit: 1000,
  });
  expect(total).toBeGreaterThan(1000);
  expect(new Set(sessions.map(({ id }) => id)).size).toBe(sessions.length);
  for (const session of [sessions[0], sessions[500]]) {
    const detail = await engine.request(sessionsDetail, { id: session?.id ?? '', limit: 5000 });
    expect(detail.timeline).toHaveLength(session?.events ?? -1);
    const last = detail.timeline.at(-1)?.event ?? '';
    expect(await engine.request(sessionsOfEvent, { event: last })).toBe(session?.id);
  }
});

test('the crash ends the sessions that were open', async () => {
  const { sessions } = await engine.request(sessionsList, {
    filter: sessionFilterSchema.parse({ only: 'torn', source: 'db1' }),
    offset: 0,
    limit: 1000,
  });
  expect(sessions.some((session) => session.end === 'server crash')).toBe(true);
  expect(sessions.some((session) => session.end === 'terminated' && session.user === 'akeller')).toBe(true);
});
