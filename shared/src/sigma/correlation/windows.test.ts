import { describe, expect, it } from 'vitest';
import type { CorrelationRule } from '../rule.ts';
import type { CorrelationCondition, CorrelationType } from './correlation-type.ts';
import { Correlator } from './correlator.ts';
import { type Coverage, isIncomplete } from './coverage.ts';
import type { Occurrence } from './occurrence.ts';
import type { WindowMatch } from './open-match.ts';

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

let serial = 0;
const at = (time: number, rules = 1, value?: string | number, source = 'x', group = 'g'): Occurrence => ({
  at: time,
  of: { id: `${time}`, at: time, source, place: serial++, fields: [] },
  rules,
  group: [group],
  values: [value === undefined ? undefined : String(value)],
  source,
});

function run(
  correlation: CorrelationRule,
  occurrences: Iterable<Occurrence>,
  coverage?: Coverage,
): readonly WindowMatch[] {
  const correlator = new Correlator(correlation, { isOuter: false, keepWindows: false });
  const matches: WindowMatch[] = [];
  for (const occurrence of occurrences) matches.push(...correlator.take(occurrence));
  return [...matches, ...correlator.end()].map((match) => ({
    ...match,
    incomplete: isIncomplete(match, coverage),
  }));
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
    expect(match).toMatchObject({
      group: ['g'],
      first: 0,
      last: 16,
      firedAt: 8,
      value: 3,
      count: 5,
      events: ['0', '4', '8', '12', '16'],
      incomplete: false,
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

  it('K2: groups are equal as texts are to people, and never by their seams', () => {
    const two = rule('event_count', { thresholds: [{ is: 'gte', value: 2 }] });
    const named = (group: readonly string[], time: number): Occurrence => ({ ...at(time), group });
    const found = run(two, [named(['Ä', 'b'], 0), named(['ä', 'B'], 1), named(['Äb', ''], 2)]);
    expect(found.map(({ group, count }) => [group, count])).toEqual([[['Ä', 'b'], 2]]);
    expect(run(two, [named(['a\0b', 'c'], 0), named(['a', 'b\0c'], 1)])).toEqual([]);
  });

  it('K6: decimals are exact, and nothing drifts as values leave the window', () => {
    const sum = rule('value_sum', { fields: ['x'], thresholds: [{ is: 'eq', value: 0.3 }] });
    expect(run(sum, [at(0, 1, '0.1'), at(1, 1, '0.1'), at(2, 1, '0.1')])).toMatchObject([{ value: 0.3 }]);
    const large = { is: 'gt' as const, value: 2 ** 53, text: '9007199254740992' };
    expect(
      run(rule('value_sum', { fields: ['x'], thresholds: [large] }), [at(0, 1, '9007199254740993')]),
    ).toHaveLength(1);
    const drift = Array.from({ length: 2000 }, (_, i) => at(i * 3, 1, i % 2 === 0 ? '0.1' : '1e17'));
    const last = rule('value_sum', { fields: ['x'], thresholds: [{ is: 'eq', value: 0.2 }] });
    expect(run(last, [...drift, at(9000, 1, '0.1'), at(9001, 1, '0.1')])).toMatchObject([{ first: 9000 }]);
  });

  it.each(['', 'x', ' 1', '0x1', '1e999', 'Infinity', '.5'])('K7, R10: %j is no number', (value) => {
    const any = rule('value_avg', { fields: ['x'], thresholds: [{ is: 'gte', value: 0 }] });
    expect(run(any, [at(0, 1, value)])).toEqual([]);
  });

  it('takes no time for values that are written as enormous', () => {
    const any = rule('value_sum', { fields: ['x'], thresholds: [{ is: 'gte', value: 0 }] });
    const values = ['1e-999999999', '0e999999999', `0.${'1'.repeat(200_000)}`, '1e308', '5e-324'];
    expect(
      run(
        any,
        values.map((value) => at(0, 1, value)),
      ),
    ).toMatchObject([{ value: 1e308, count: 5 }]);
  });

  it('K7: without percentile, the share of each value in its window', () => {
    const rare = rule('value_percentile', { fields: ['x'], thresholds: [{ is: 'lte', value: 20 }] });
    const values = ['a', 'b', 'A', 'a', 'a'].map((value, i) => at(i, 1, value));
    expect(run(rare, [...values, at(100, 1, 'b')])).toMatchObject([
      {
        group: ['g'],
        of: ['b'],
        first: 1,
        last: 1,
        firedAt: 4,
        value: 20,
        events: ['1'],
        count: 1,
        incomplete: false,
      },
    ]);
  });

  it('K9: of several sources at one instant, any order that keeps each', () => {
    const chain = rule('temporal_ordered', { thresholds: [{ is: 'gte', value: 3 }] });
    // x: c, then a. y: b. For a, b, c the c of x would have to come after its a.
    expect(run(chain, [at(0, 4, 0, 'x'), at(0, 1, 0, 'x'), at(0, 2, 0, 'y')])).toEqual([]);
    expect(run(chain, [at(0, 4, 0, 'z'), at(0, 1, 0, 'x'), at(0, 2, 0, 'y')])).toHaveLength(1);
    const two = rule('temporal_ordered', { thresholds: [{ is: 'gte', value: 2 }] }, { rules: ['a', 'b'] });
    // x: something else, b, a. y: a. The a of y may come first.
    expect(run(two, [at(0, 2, 0, 'x'), at(0, 1, 0, 'x'), at(0, 1, 0, 'y')])).toHaveLength(1);
  });

  it('K10: in order, those that the condition wants and that are there', () => {
    const span = { from: 0, to: 0 };
    const name = (text: string) => ({ kind: 'name' as const, name: text, span });
    const either = rule('temporal_ordered', {
      expression: { kind: 'and', of: [{ kind: 'or', of: [name('a'), name('b')] }, name('c')] },
    });
    expect(run(either, [at(0, 2), at(5, 4)])).toHaveLength(1);
    expect(run(either, [at(0, 4), at(5, 2)])).toEqual([]);
    const twice = rule('temporal', { expression: { kind: 'not', of: { kind: 'not', of: name('a') } } });
    expect(run(twice, [at(0, 1)])).toHaveLength(1);
  });

  describe('K5: windows beyond what was recorded', () => {
    const coverage: Coverage = {
      recorded: (file) =>
        file === 'x'
          ? [
              { from: 100, to: 200 },
              { from: 250, to: 400 },
            ]
          : undefined,
    };
    const incomplete = (correlation: CorrelationRule, ...times: readonly number[]) =>
      run(
        correlation,
        times.map((time) => at(time)),
        coverage,
      ).map((match) => match.incomplete);
    const two = rule('event_count', { thresholds: [{ is: 'gte', value: 2 }] });
    const few = rule('event_count', { thresholds: [{ is: 'lte', value: 5 }] });

    it('reach back by the timespan', () => {
      expect(incomplete(two, 104, 109)).toEqual([true]);
      expect(incomplete(two, 104, 110)).toEqual([false]);
      expect(incomplete(two, 255, 259)).toEqual([true]);
    });

    it('reach on too where more events would tell against the match', () => {
      expect(incomplete(two, 398, 399)).toEqual([false]);
      expect(incomplete(few, 398, 399)).toEqual([true]);
      expect(incomplete(few, 380, 381)).toEqual([false]);
    });

    it('are those of the sources that the events are of', () => {
      expect(run(two, [at(1, 1, 0, 'y'), at(2, 1, 0, 'y')], coverage)).toMatchObject([{ incomplete: false }]);
    });

    it('are whole buckets', () => {
      const tumbling = rule(
        'event_count',
        { thresholds: [{ is: 'gte', value: 1 }] },
        { window: 'tumbling', timespan: 60 },
      );
      expect(incomplete(tumbling, 130, 300)).toEqual([false, false]);
      expect(incomplete(tumbling, 100)).toEqual([true]);
    });
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
