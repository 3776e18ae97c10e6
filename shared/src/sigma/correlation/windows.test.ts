import { describe, expect, it } from 'vitest';
import type { CorrelationRule } from '../rule.ts';
import { type CorrelationCondition, type CorrelationType, meets } from './correlation-type.ts';
import type { Occurrence } from './occurrence.ts';
import { GroupWindows, type WindowMatch } from './windows.ts';

const T = 10;

function rule(
  type: CorrelationType,
  condition: Partial<CorrelationCondition>,
  more: Partial<CorrelationRule> = {},
): CorrelationRule {
  return {
    kind: 'correlation',
    key: 'c',
    file: '',
    text: '',
    span: { from: 0, to: 0 },
    title: 'c',
    references: [],
    tags: [],
    falsepositives: [],
    faults: [],
    type,
    rules: ['a', 'b', 'c'],
    groupBy: [],
    timespan: T,
    window: 'sliding',
    aliases: new Map(),
    generate: false,
    condition: { thresholds: [], fields: [], ...condition },
    ...more,
  };
}

const at = (time: number, rules = 1, value?: string | number, source = 'x'): Occurrence => ({
  at: time,
  events: [`${time}`],
  rules,
  values: [value === undefined ? undefined : String(value)],
  source,
});

function run(correlation: CorrelationRule, occurrences: readonly Occurrence[]): readonly WindowMatch[] {
  const windows = new GroupWindows(correlation);
  return [...occurrences.flatMap((occurrence) => [...windows.push(occurrence)]), ...windows.end()];
}

const spans = (matches: readonly WindowMatch[]) =>
  matches.map(({ first, last, firedAt, count }) => [first, last, firedAt, count]);

describe('windows of a group', () => {
  it('K3: two events exactly one timespan apart share a window, no further', () => {
    const twice = rule('event_count', { thresholds: [{ is: 'gte', value: 2 }] });
    expect(spans(run(twice, [at(0), at(10)]))).toEqual([[0, 10, 10, 2]]);
    expect(run(twice, [at(0), at(11)])).toEqual([]);
  });

  it('K4: a burst does not satisfy an upper bound through its first event', () => {
    const few = rule('event_count', { thresholds: [{ is: 'lte', value: 3 }] });
    expect(
      run(
        few,
        Array.from({ length: 100 }, (_, i) => at(i / 100)),
      ),
    ).toEqual([]);
    expect(spans(run(few, [at(0), at(1), at(50)]))).toEqual([
      [0, 1, 1, 2],
      [50, 50, 50, 1],
    ]);
  });

  it('K5: windows that share an event are one match, fired at the end of the first', () => {
    const three = rule('event_count', { thresholds: [{ is: 'gte', value: 3 }] });
    const [match, ...more] = run(three, [at(0), at(4), at(8), at(12), at(16), at(60)]);
    expect(more).toEqual([]);
    expect(match).toEqual({
      first: 0,
      last: 16,
      firedAt: 8,
      value: 3,
      count: 5,
      events: ['0', '4', '8', '12', '16'],
    });
  });

  it('K6: several operators hold in the same window', () => {
    const between = rule('event_count', {
      thresholds: [
        { is: 'gte', value: 2 },
        { is: 'lt', value: 4 },
      ],
    });
    expect(run(between, [at(0), at(1), at(2), at(3)])).toEqual([]);
    expect(run(between, [at(0), at(1), at(2)])).toHaveLength(1);
  });

  it('K7: values are distinct as texts are to people, and absent ones take no part', () => {
    const two = rule('value_count', { fields: ['user'], thresholds: [{ is: 'gte', value: 2 }] });
    expect(run(two, [at(0, 1, 'a'), at(1, 1, 'A'), at(2)])).toEqual([]);
    expect(run(two, [at(0, 1, 'a'), at(1, 1, 'b')])).toHaveLength(1);
  });

  it.each<[CorrelationType, Partial<CorrelationCondition>, number]>([
    ['value_sum', {}, 60],
    ['value_avg', {}, 15],
    ['value_median', {}, 12.5],
    ['value_percentile', { percentile: 90 }, 25.5],
    ['value_percentile', { percentile: 0 }, 5],
  ])('K7: %s of 5, 10, 15, 30 with %j is %d', (type, condition, value) => {
    const any = rule(type, { fields: ['rows'], thresholds: [{ is: 'gte', value: 0 }], ...condition });
    const [match] = run(
      any,
      [30, 5, 15, 10].map((rows, i) => at(i, 1, rows)),
    );
    expect(match?.value).toBeCloseTo(value, 10);
  });

  it('K8: distinct rules seen together, whatever their order', () => {
    const both = rule('temporal', { thresholds: [{ is: 'gte', value: 2 }] });
    expect(spans(run(both, [at(0, 2), at(3, 2), at(9, 1)]))).toEqual([[0, 9, 9, 3]]);
    expect(run(both, [at(0, 1), at(1, 1), at(12, 2)])).toEqual([]);
  });

  it('K9: in the order of the list, with others between', () => {
    const chain = rule('temporal_ordered', { thresholds: [{ is: 'gte', value: 2 }] }, { rules: ['a', 'b'] });
    expect(run(chain, [at(0, 2), at(5, 1)])).toEqual([]);
    expect(run(chain, [at(0, 2), at(2, 1), at(5, 2)])).toHaveLength(1);
    expect(run(chain, [at(0, 1), at(11, 2)])).toEqual([]);
  });

  it('K9: one event fills one place only', () => {
    const chain = rule('temporal_ordered', { thresholds: [{ is: 'gte', value: 2 }] }, { rules: ['a', 'b'] });
    expect(run(chain, [at(0, 3)])).toEqual([]);
    expect(run(chain, [at(0, 3), at(1, 3)])).toHaveLength(1);
  });

  it('K9: at one instant the order counts within a source, not between sources', () => {
    const chain = rule('temporal_ordered', { thresholds: [{ is: 'gte', value: 2 }] }, { rules: ['a', 'b'] });
    expect(run(chain, [at(0, 2, undefined, 'x'), at(0, 1, undefined, 'x')])).toEqual([]);
    expect(run(chain, [at(0, 2, undefined, 'x'), at(0, 1, undefined, 'y')])).toHaveLength(1);
  });

  it('K10: boolean conditions over the rules of a maximal window', () => {
    const span = { from: 0, to: 0 };
    const name = (text: string) => ({ kind: 'name' as const, name: text, span });
    const notB = rule('temporal', {
      expression: { kind: 'and', of: [name('a'), { kind: 'not', of: name('b') }] },
    });
    expect(run(notB, [at(0, 1), at(5, 2)])).toEqual([]);
    expect(run(notB, [at(0, 1), at(5, 4)])).toHaveLength(1);
  });

  it('K13: buckets and sessions', () => {
    const thresholds = [{ is: 'gte' as const, value: 2 }];
    const tumbling = rule('event_count', { thresholds }, { window: 'tumbling' });
    expect(run(tumbling, [at(9), at(10)])).toEqual([]);
    expect(spans(run(tumbling, [at(10), at(19), at(20)]))).toEqual([[10, 19, 19, 2]]);
    const session = rule('event_count', { thresholds }, { window: 'session', gap: 3, timespan: 100 });
    expect(spans(run(session, [at(0), at(3), at(6), at(10), at(13)]))).toEqual([
      [0, 6, 6, 3],
      [10, 13, 13, 2],
    ]);
  });

  it('lists a thousand events and counts them all', () => {
    const many = rule('event_count', { thresholds: [{ is: 'gte', value: 2 }] });
    const [match] = run(
      many,
      Array.from({ length: 5000 }, (_, i) => at(i / 1000)),
    );
    expect(match?.events).toHaveLength(1000);
    expect(match?.count).toBe(5000);
  });
});

/** The definitions K3 to K5 word by word, over all windows. */
function byDefinition(
  correlation: CorrelationRule,
  occurrences: readonly Occurrence[],
): readonly (readonly number[])[] {
  const usable =
    correlation.condition.fields.length === 0
      ? occurrences
      : occurrences.filter((o) => o.values[0] !== undefined);
  const windows = [...new Set(usable.map((o) => o.at))].map((end) =>
    usable.filter((o) => o.at <= end && o.at >= end - T),
  );
  const maximal = windows.filter(
    (one) => !windows.some((other) => other.length > one.length && one.every((o) => other.includes(o))),
  );
  const lower = correlation.condition.thresholds.every(({ is }) => is === 'gt' || is === 'gte');
  const judged = lower && /count|temporal/.test(correlation.type) ? windows : maximal;
  const satisfied = judged.filter((window) => {
    const values = window.map((o) => Number(o.values[0]));
    const value = {
      event_count: window.length,
      value_count: new Set(values).size,
      temporal: [1, 2, 4].filter((bit) => window.some((o) => (o.rules & bit) !== 0)).length,
      temporal_ordered: longestChain(window),
      value_sum: values.reduce((a, b) => a + b, 0),
      value_avg: values.reduce((a, b) => a + b, 0) / values.length,
      value_percentile: Number.NaN,
      value_median: Number.NaN,
    }[correlation.type];
    return correlation.condition.thresholds.every((threshold) => meets(value, threshold));
  });
  const matches: Set<Occurrence>[] = [];
  for (const window of satisfied) {
    const last = matches.at(-1);
    if (last !== undefined && window.some((o) => last.has(o))) for (const o of window) last.add(o);
    else matches.push(new Set(window));
  }
  return matches.map((set) => [...set].map((o) => o.at));
}

function longestChain(window: readonly Occurrence[]): number {
  const extend = (from: number, rule: number): number => {
    let best = 0;
    for (let i = from; i < window.length; i++) {
      for (let r = rule; r < 3; r++)
        if (((window[i]?.rules ?? 0) & (1 << r)) !== 0) best = Math.max(best, 1 + extend(i + 1, r + 1));
    }
    return best;
  };
  return extend(0, 0);
}

describe('windows against their definition', () => {
  const cases: readonly CorrelationRule[] = [
    rule('event_count', { thresholds: [{ is: 'gte', value: 3 }] }),
    rule('event_count', { thresholds: [{ is: 'eq', value: 2 }] }),
    rule('value_count', { fields: ['x'], thresholds: [{ is: 'gt', value: 2 }] }),
    rule('value_count', { fields: ['x'], thresholds: [{ is: 'lt', value: 2 }] }),
    rule('value_sum', { fields: ['x'], thresholds: [{ is: 'gte', value: 6 }] }),
    rule('value_avg', { fields: ['x'], thresholds: [{ is: 'lte', value: 1.5 }] }),
    rule('temporal', { thresholds: [{ is: 'gte', value: 3 }] }),
    rule('temporal_ordered', { thresholds: [{ is: 'gte', value: 3 }] }),
    rule('temporal_ordered', { thresholds: [{ is: 'gte', value: 2 }] }),
  ];
  // A generator with its seed in the source: the same cases on every run.
  let seed = 20261120;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };

  it.each(
    cases.map(
      (correlation) =>
        [correlation.type, JSON.stringify(correlation.condition.thresholds), correlation] as const,
    ),
  )('%s %s', (_, __, correlation) => {
    for (let round = 0; round < 400; round++) {
      let time = 0;
      const occurrences = Array.from({ length: random(14) }, () => {
        time += random(8);
        return at(time, 1 + random(7), random(5) === 0 ? undefined : random(4));
      });
      const found = run(correlation, occurrences).map((match) => match.events.map(Number));
      expect(found, JSON.stringify(occurrences.map((o) => [o.at, o.rules, o.values[0]]))).toEqual(
        byDefinition(correlation, occurrences),
      );
    }
  });
});
