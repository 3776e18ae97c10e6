import type { Coverage } from '@dbwitness/shared/sigma/correlation/coverage.ts';
import type { Match } from '@dbwitness/shared/sigma/detection.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { runRules } from '@dbwitness/shared/sigma/run/run-rules.ts';
import { afterAll, expect, it } from 'vitest';
import {
  type BaseSpec,
  type CorrelationSpec,
  type DefinedMatch,
  folded,
  leftOutByDefinition,
  matchesByDefinition,
  type Recorded,
  type StreamEvent,
  type Wanted,
} from './correlation-definition.ts';
import { openDuckDb } from './duckdb-engine.ts';

const duckdb = await openDuckDb();
afterAll(() => duckdb.close());

/** A round runs `RULES` correlations over `STREAMS` streams of events; the nightly run has more of them. */
const ROUNDS = Number(process.env.SIGMA_CORRELATION_ROUNDS ?? 8);
const SEED = Number(process.env.SIGMA_CORRELATION_SEED ?? 20_261_120);
const STREAMS = 40;
const RULES = 24;

const START = Date.UTC(2026, 0, 5, 10) * 1000;
const SECOND = 1e6;
/** The timespan of nearly all rules. */
const T = 10 * SECOND;

/** Numbers from a seed, the same on every run. */
function randomFrom(seed: number) {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const some = <T>(items: readonly T[], least: number): T[] => {
    const order = items.map((item) => ({ item, at: below(1e6) })).sort((a, b) => a.at - b.at);
    return order.slice(0, least + below(items.length - least + 1)).map(({ item }) => item);
  };
  return { below, oneOf, some };
}
type Random = ReturnType<typeof randomFrom>;

const SOURCES = ['E001', 'E002', 'E003'];
const TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
];

const BASES: readonly BaseSpec[] = [['A'], ['B'], ['B', 'C'], ['C', 'A']].map((actions, i) => ({
  kind: 'base',
  id: `00000000-0000-4000-8000-00000000000${i}`,
  name: `base_${i}`,
  selects: ({ fields }) => actions.includes(String(fields.action)),
}));
const BASE_ACTIONS = [['A'], ['B'], ['B', 'C'], ['C', 'A']];

/** Events with ties, steps of exactly one timespan and a microsecond more, in files whose order is not that of time. */
function streamOf(stream: number, random: Random): readonly StreamEvent[] {
  let at = START + random.below(30) * SECOND;
  const steps = [0, 0, 0, 1, SECOND, 2 * SECOND, 3 * SECOND, 5 * SECOND, T, T + 1, T - 1, 3 * T];
  return Array.from({ length: 1 + random.below(9) }, (_, i): StreamEvent => {
    at += random.oneOf(steps);
    return {
      id: `${stream}-${i}`,
      at: random.below(40) === 0 ? null : at,
      source: random.oneOf(SOURCES),
      place: stream * 1000 + random.below(900) * 10 + i,
      fields: {
        session: `s${stream}`,
        action: random.oneOf(['A', 'A', 'B', 'B', 'C', 'D']),
        user: random.oneOf(['eve', 'Eve', 'eve', 'ſam', 'SAM', 'bob', null]),
        effective_user: random.oneOf(['eve', 'EVE', 'bob', null]),
        application: random.oneOf(['psql', 'PSQL', 'Ä', 'ä', 'web', null]),
        duration_ms: random.oneOf([0.1, 0.2, 0.3, 1, 2.5, -1, null]),
        rows: random.oneOf([0, 1, 2, 3, 10, null]),
        error_code: random.oneOf(['0.1', '1e1', '5', '+2', '.5', 'x', '9007199254740993', null]),
      },
    };
  });
}

const COLUMNS = [
  ['event_id', 'VARCHAR'],
  ['exhibit', 'VARCHAR'],
  ['byte_offset', 'BIGINT'],
  ['time', 'TIMESTAMP'],
  ['session', 'VARCHAR'],
  ['action', 'VARCHAR'],
  ['user', 'VARCHAR'],
  ['effective_user', 'VARCHAR'],
  ['application', 'VARCHAR'],
  ['duration_ms', 'DOUBLE'],
  ['rows', 'BIGINT'],
  ['error_code', 'VARCHAR'],
] as const;

async function makeEvents(events: readonly StreamEvent[], random: Random): Promise<void> {
  const columns = COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ');
  await duckdb.connection.run(`CREATE OR REPLACE TABLE event (${columns})`);
  await duckdb.connection.run(
    'CREATE OR REPLACE TABLE statement (statement_id BIGINT, text VARCHAR, fingerprint VARCHAR)',
  );
  const sql = (value: string | number | null | undefined) =>
    value === null || value === undefined ? 'NULL' : typeof value === 'number' ? String(value) : `'${value}'`;
  const rows = random.some(events, events.length).map(({ id, at, source, place, fields }) => {
    const time = at === null ? 'NULL' : `make_timestamp(${at})`;
    const rest = COLUMNS.slice(4).map(([name]) => sql(fields[name]));
    return `('${id}', '${source}', ${place}, ${time}, ${rest.join(', ')})`;
  });
  await duckdb.connection.run(`INSERT INTO event VALUES ${rows.join(', ')}`);
}

/** A correlation of random shape. `inner`: what it may refer to besides base rules. */
function specOf(
  n: number,
  random: Random,
  inner: readonly CorrelationSpec[],
  apart: boolean,
): CorrelationSpec {
  const type = random.oneOf(TYPES);
  const temporal = type.startsWith('temporal');
  const picked: (BaseSpec | CorrelationSpec)[] = temporal
    ? random.some(BASES, 2).slice(0, 3)
    : random.some(BASES, 1).slice(0, 2);
  if (inner.length > 0) picked.splice(random.below(picked.length), 1, random.oneOf(inner));
  const rules = picked.map((rule) => ({ rule, reference: random.oneOf([rule.name, rule.id]) }));
  const aliasOf = (fields: readonly string[]) =>
    Object.fromEntries(
      rules.flatMap(({ rule, reference }) =>
        // A rule that is not listed reads the field that is called like the alias.
        random.below(5) === 0 ? [] : [[random.oneOf([reference, rule.name, rule.id]), random.oneOf(fields)]],
      ),
    );
  const aliases: Record<string, Record<string, string>> = {};
  if (random.below(3) === 0) aliases.user = aliasOf(['user', 'effective_user']);
  if (random.below(4) === 0) aliases.duration_ms = aliasOf(['duration_ms', 'rows']);
  const share = type === 'value_percentile' && random.below(2) === 0;
  const numeric = random.oneOf(['duration_ms', 'rows', 'error_code']);
  const fields =
    temporal || type === 'event_count' ? [] : type === 'value_count' || share ? ['application'] : [numeric];
  if (type === 'value_count' && random.below(3) === 0) fields.push('rows');
  const window = random.oneOf(['sliding', 'sliding', 'sliding', 'tumbling', 'session'] as const);
  return {
    kind: 'correlation',
    id: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    name: `correlation_${n}`,
    type,
    rules,
    groupBy: apart ? ['session', ...random.some(['user'], 0)] : [],
    timespan: window === 'session' ? 2 * T : T,
    window,
    ...(window === 'session' ? { gap: 3 * SECOND } : {}),
    condition:
      temporal && random.below(3) === 0
        ? wantedOf(rules.length, random)
        : thresholdsOf(type, share, rules.length, random),
    fields,
    ...(type === 'value_percentile' && !share
      ? { percentile: random.oneOf([0, 10, 33.3, 50, 90, 99.9, 100]) }
      : {}),
    aliases,
  };
}

function thresholdsOf(
  type: string,
  share: boolean,
  rules: number,
  random: Random,
): readonly (readonly [string, string])[] {
  const counts = ['1', '2', '2', '3', '4', '2.5'];
  const values = ['0', '0.1', '0.3', '0.6', '1', '2.5', '3', '10', '9007199254740993'];
  const shares = ['20', '25', '33.3', '50', '100'];
  const pool = share ? shares : type.endsWith('_count') || type.startsWith('temporal') ? counts : values;
  if (type.startsWith('temporal') && random.below(3) === 0) return [['gte', String(rules)]];
  return random
    .some(['gte', 'gt', 'lt', 'lte', 'eq', 'neq'], 1)
    .slice(0, random.oneOf([1, 1, 2, 3]))
    .map((operator) => [operator, random.oneOf(pool)] as const);
}

/** A boolean condition that wants at least one rule there. */
function wantedOf(rules: number, random: Random): Wanted {
  const leaf = (): Wanted => ({ rule: random.below(rules) });
  const part = (depth: number): Wanted => {
    switch (depth === 0 ? 0 : random.below(4)) {
      case 1:
        return { not: part(depth - 1) };
      case 2:
        return { and: [part(depth - 1), part(depth - 1)] };
      case 3:
        return { or: [part(depth - 1), part(depth - 1)] };
      default:
        return leaf();
    }
  };
  return random.oneOf([() => ({ and: [leaf(), part(2)] }), () => ({ or: [leaf(), part(2)] }), leaf])();
}

function wantedText(wanted: Wanted, spec: CorrelationSpec): string {
  if ('rule' in wanted) return spec.rules[wanted.rule]?.reference ?? '';
  if ('not' in wanted) return `not (${wantedText(wanted.not, spec)})`;
  const [word, parts] = 'and' in wanted ? (['and', wanted.and] as const) : (['or', wanted.or] as const);
  return `(${parts.map((part) => wantedText(part, spec)).join(` ${word} `)})`;
}

/** JSON is YAML. Decimals stay as they are written. */
function textOf(spec: CorrelationSpec): string {
  const { condition, fields, percentile } = spec;
  const map = Array.isArray(condition)
    ? `{${[
        ...condition.map(([operator, value]) => `${operator}: ${value}`),
        ...(fields.length === 0 ? [] : [`field: [${fields.join(', ')}]`]),
        ...(percentile === undefined ? [] : [`percentile: ${percentile}`]),
      ].join(', ')}}`
    : JSON.stringify(wantedText(condition as Wanted, spec));
  return `title: ${spec.name}
id: ${spec.id}
name: ${spec.name}
correlation:
  type: ${spec.type}
  rules: ${JSON.stringify(spec.rules.map(({ reference }) => reference))}
  group-by: ${JSON.stringify(spec.groupBy)}
  timespan: ${spec.timespan / SECOND}s
  window: ${spec.window}
  ${spec.gap === undefined ? '' : `gap: ${spec.gap / SECOND}s`}
  aliases: ${JSON.stringify(spec.aliases)}
  condition: ${map}
generate: true
`;
}

const BASE_TEXT = BASES.map(
  ({ id, name }, i) =>
    `title: ${name}\nid: ${id}\nname: ${name}\nlogsource: {category: database}\ndetection:\n  sel: {action: [${BASE_ACTIONS[i]?.join(', ')}]}\n  condition: sel\n`,
);

/** A correlation and those that it refers to. */
function withInner(spec: CorrelationSpec): readonly CorrelationSpec[] {
  return [spec, ...spec.rules.flatMap(({ rule }) => (rule.kind === 'correlation' ? withInner(rule) : []))];
}

/** Rules of one round: the first are what later ones refer to, in turn. */
function specsOf(random: Random, apart: boolean): readonly CorrelationSpec[] {
  const specs: CorrelationSpec[] = [];
  for (let n = 0; n < RULES; n++) {
    const inner = n >= RULES / 2 ? random.some(specs, 1) : [];
    specs.push(specOf(n, random, inner, apart));
  }
  return specs;
}

function recordedOf(random: Random): Recorded {
  const from = START + random.below(20) * SECOND;
  const to = from + 60 * SECOND;
  return {
    E001: [[from, to]],
    E002: [
      [START - T, from + 5 * SECOND],
      [from + 6 * SECOND, to + 100 * SECOND],
    ],
  };
}

function covered(recorded: Recorded): Coverage {
  return { recorded: (file) => recorded[file]?.map(([from, to]) => ({ from, to })) };
}

/** Which of equal writings a group shows is no matter here. */
const comparable = (matches: readonly DefinedMatch[]) =>
  matches
    .map((match) => ({
      ...match,
      group: match.group.map(folded).join('|'),
      value: Number(match.value.toPrecision(12)),
    }))
    .map(({ group, first, last, firedAt, value, events, count, incomplete }) =>
      JSON.stringify({ group, first, last, firedAt, value, events, count, incomplete }),
    )
    .sort();

/** Streams that run at once are groups of one table; one alone needs no group. */
async function compareRound(seed: number, count: number): Promise<number> {
  const random = randomFrom(seed);
  const streams = Array.from({ length: count }, (_, stream) => streamOf(stream, random));
  await makeEvents(streams.flat(), random);
  const apart = count > 1;
  const specs = specsOf(random, apart);
  const recorded = recordedOf(random);
  const text = [...BASE_TEXT, ...specs.map(textOf)].join('---\n');
  const { value: rules, problems } = loadRules([{ name: 'round.yml', text }]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  let matches = 0;
  const options = { coverage: async () => covered(recorded), limit: Number.MAX_SAFE_INTEGER / 4 };
  for await (const run of runRules(rules, duckdb.engine, options)) {
    const spec = specs.find(({ id }) => id === run.rule);
    if (spec === undefined) continue;
    const why = () => `seed ${seed}\n${withInner(spec).map(textOf).join('---\n')}`;
    expect(run.status, why()).toBe('ran');
    if (withInner(spec).length === 1)
      expect(run.leftOut ?? {}, why()).toEqual(leftOutByDefinition(spec, streams.flat()));
    const found = new Map<string, Match[]>(streams.map((_, i) => [`s${i}`, []]));
    for (const match of run.matches) found.get(apart ? (match.group?.session ?? '') : 's0')?.push(match);
    for (const [i, stream] of streams.entries()) {
      const mine = (found.get(`s${i}`) ?? []).map((match) => ({
        group: Object.values(match.group ?? {}),
        first: match.first,
        last: match.last,
        firedAt: match.fired_at,
        value: match.value ?? Number.NaN,
        events: [...match.events].sort(),
        count: match.count,
        incomplete: match.window_incomplete === true,
      }));
      const defined = matchesByDefinition(spec, stream, recorded);
      matches += defined.length;
      const said = [comparable(mine), comparable(defined)] as const;
      if (JSON.stringify(said[0]) !== JSON.stringify(said[1]))
        expect(said[0], `${why()}${stream.map((event) => JSON.stringify(event)).join('\n')}`).toEqual(
          said[1],
        );
    }
  }
  return matches;
}

it('K1 to K14: as the definitions say, over random streams of events', async () => {
  let matches = 0;
  for (let round = 0; round < ROUNDS; round++) matches += await compareRound(SEED + round, STREAMS);
  // Rules that match nothing would show nothing.
  expect(matches).toBeGreaterThan(ROUNDS * RULES * 20);
}, 3_600_000);

it('K2: without group-by, all events are one group', async () => {
  let matches = 0;
  for (let round = 0; round < ROUNDS; round++) matches += await compareRound(SEED + 20_000_000 + round, 1);
  expect(matches).toBeGreaterThan(ROUNDS * RULES * 0.2);
}, 3_600_000);
