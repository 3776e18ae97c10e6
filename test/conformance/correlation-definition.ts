/**
 * What correlations mean, straight from the definitions (SIGMA K1 to K13), over all windows of a small stream of events.
 * Shares no code with the product, and takes whatever time it takes: it is what the product is held against.
 */

export interface StreamEvent {
  readonly id: string;
  /** Microseconds; null: none. */
  readonly at: number | null;
  readonly source: string;
  /** Place in the source file. */
  readonly place: number;
  readonly fields: Readonly<Record<string, string | number | null>>;
}

export interface BaseSpec {
  readonly kind: 'base';
  readonly id: string;
  readonly name: string;
  selects(event: StreamEvent): boolean;
}

export interface CorrelationSpec {
  readonly kind: 'correlation';
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly rules: readonly { readonly reference: string; readonly rule: BaseSpec | CorrelationSpec }[];
  readonly groupBy: readonly string[];
  readonly timespan: number;
  readonly window: 'sliding' | 'tumbling' | 'session';
  readonly gap?: number;
  /** Operators and their decimals as written, or a boolean condition over places of `rules`. */
  readonly condition: readonly (readonly [operator: string, value: string])[] | Wanted;
  readonly fields: readonly string[];
  readonly percentile?: number;
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type Wanted =
  | { readonly rule: number }
  | { readonly not: Wanted }
  | { readonly and: readonly Wanted[] }
  | { readonly or: readonly Wanted[] };

export interface DefinedMatch {
  readonly group: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly firedAt: number;
  readonly value: number;
  readonly events: readonly string[];
  readonly count: number;
  readonly incomplete: boolean;
}

export interface Recorded {
  readonly [source: string]: readonly (readonly [from: number, to: number])[];
}

/** Something in time: an event, or a window of an inner correlation. */
interface Happening {
  readonly at: number;
  readonly source: string;
  readonly place: number;
  readonly rules: ReadonlySet<number>;
  readonly group: readonly string[];
  readonly values: readonly (string | undefined)[];
  readonly events: readonly StreamEvent[];
  readonly incomplete: boolean;
}

interface Satisfied {
  readonly happenings: readonly Happening[];
  readonly end: number;
  readonly reach: readonly [from: number, to: number];
  readonly value: number;
}

interface Merged extends DefinedMatch {
  readonly windows: readonly Satisfied[];
  readonly all: readonly StreamEvent[];
}

export function matchesByDefinition(
  spec: CorrelationSpec,
  events: readonly StreamEvent[],
  recorded?: Recorded,
): readonly DefinedMatch[] {
  return merged(spec, events, recorded);
}

function merged(
  spec: CorrelationSpec,
  events: readonly StreamEvent[],
  recorded?: Recorded,
): readonly Merged[] {
  const groups = new Map<string, Happening[]>();
  for (const one of happenings(spec, events, recorded)) {
    const key = JSON.stringify(one.group.map(folded));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const usable = group.filter(({ values }) => isUsable(spec, values));
    if (!isShare(spec)) return mergedOf(spec, satisfied(spec, usable), recorded);
    const values = new Set(
      usable.map(({ values }) => JSON.stringify(values.map((value) => folded(value ?? '')))),
    );
    return [...values].flatMap((value) => mergedOf(spec, satisfied(spec, usable, value), recorded));
  });
}

/** K1, K2, K7: what takes no part, by reason; of a correlation that refers to base rules alone. */
export function leftOutByDefinition(
  spec: CorrelationSpec,
  events: readonly StreamEvent[],
): Readonly<Record<string, number>> {
  const left: Record<string, number> = {};
  const leave = (reason: string, times = 1) => {
    if (times > 0) left[reason] = (left[reason] ?? 0) + times;
  };
  for (const event of events) {
    const selecting = spec.rules.flatMap(({ rule }, place) =>
      rule.kind === 'base' && rule.selects(event) ? [place] : [],
    );
    if (selecting.length === 0) continue;
    if (event.at === null) {
      leave('without time');
      continue;
    }
    const lacking = selecting.flatMap((place) => {
      const group = read(spec, event, spec.groupBy, place);
      return spec.groupBy.find((_, i) => group[i] === undefined) ?? [];
    });
    for (const name of new Set(lacking)) leave(`without ${name}`);
  }
  const unusable = happenings(spec, events).filter(({ values }) => !isUsable(spec, values));
  leave(`without a usable ${spec.fields.join(', ')}`, unusable.length);
  return left;
}

/** K11: values of an event as the rule at this place of the list calls them. */
function read(
  spec: CorrelationSpec,
  event: StreamEvent,
  names: readonly string[],
  place: number,
): readonly (string | undefined)[] {
  const { reference = '', rule } = spec.rules[place] ?? {};
  return names.map((name) => {
    const alias = spec.aliases[name] ?? {};
    const field = alias[reference] ?? alias[rule?.name ?? ''] ?? alias[rule?.id ?? ''] ?? name;
    return textOf(event.fields[field]);
  });
}

/** K1, K2, K11, K12: who takes part, for which rules, in which group. */
function happenings(
  spec: CorrelationSpec,
  events: readonly StreamEvent[],
  recorded?: Recorded,
): readonly Happening[] {
  const found: Happening[] = [];
  for (const event of events) {
    if (event.at === null) continue;
    const groups = new Map<
      string,
      { group: readonly string[]; rules: Set<number>; values: readonly (string | undefined)[] }
    >();
    for (const [place, { rule }] of spec.rules.entries()) {
      if (rule.kind !== 'base' || !rule.selects(event)) continue;
      const group = read(spec, event, spec.groupBy, place);
      if (group.includes(undefined)) continue;
      const values = read(spec, event, spec.fields, place);
      const key = JSON.stringify(group.map((value) => folded(value ?? '')));
      const known = groups.get(key);
      if (known === undefined)
        groups.set(key, { group: group as readonly string[], rules: new Set([place]), values });
      else {
        known.rules.add(place);
        if (known.values.includes(undefined) && !values.includes(undefined)) known.values = values;
      }
    }
    for (const one of groups.values())
      found.push({
        ...one,
        at: event.at,
        source: event.source,
        place: event.place,
        events: [event],
        incomplete: false,
      });
  }
  for (const [place, { rule }] of spec.rules.entries()) {
    if (rule.kind !== 'correlation') continue;
    for (const inner of merged(rule, events, recorded)) {
      const windows = spec.type.startsWith('temporal')
        ? inner.windows.map(({ happenings, end }) => ({ at: end, events: eventsIn(happenings) }))
        : [{ at: inner.firedAt, events: inner.all }];
      for (const window of windows) {
        const groups = new Map<
          string,
          { group: readonly string[]; values: readonly (string | undefined)[] }
        >();
        for (const event of window.events) {
          const group = read(spec, event, spec.groupBy, place);
          if (group.includes(undefined)) continue;
          const values = read(spec, event, spec.fields, place);
          const key = JSON.stringify(group.map((value) => folded(value ?? '')));
          const known = groups.get(key);
          if (known === undefined) groups.set(key, { group: group as readonly string[], values });
          else if (known.values.includes(undefined) && !values.includes(undefined)) known.values = values;
        }
        for (const one of groups.values())
          found.push({
            ...one,
            ...window,
            source: `inner ${place}`,
            place: 0,
            rules: new Set([place]),
            incomplete: inner.incomplete,
          });
      }
    }
  }
  return found.sort(inTime);
}

/** K3, K4, K13: the windows that satisfy the condition; of shares, those in which this value does. */
function satisfied(spec: CorrelationSpec, group: readonly Happening[], value?: string): readonly Satisfied[] {
  const { timespan: T, gap = 0 } = spec;
  let windows: { happenings: readonly Happening[]; reach: readonly [number, number] }[];
  const lowerOnly =
    Array.isArray(spec.condition) &&
    /^(event_count|value_count|temporal|temporal_ordered)$/.test(spec.type) &&
    spec.condition.every(([operator]) => operator === 'gt' || operator === 'gte');
  if (spec.window === 'tumbling') {
    const buckets = new Set(group.map(({ at }) => Math.floor(at / T)));
    windows = [...buckets].map((bucket) => ({
      happenings: group.filter(({ at }) => Math.floor(at / T) === bucket),
      reach: [bucket * T, bucket * T + T - 1],
    }));
  } else if (spec.window === 'session') {
    const sessions: Happening[][] = [];
    for (const one of group) {
      const session = sessions.at(-1);
      const goesOn =
        session !== undefined &&
        one.at - (session.at(-1)?.at ?? 0) <= gap &&
        one.at - (session[0]?.at ?? 0) <= T;
      if (goesOn) session.push(one);
      else sessions.push([one]);
    }
    windows = sessions.map((session) => ({
      happenings: session,
      reach: [(session[0]?.at ?? 0) - gap, (session.at(-1)?.at ?? 0) + gap],
    }));
  } else {
    const ends = [...new Set(group.map(({ at }) => at))];
    const all = ends.map((end) => ({
      end,
      happenings: group.filter(({ at }) => at <= end && at >= end - T),
    }));
    const maximal = all.filter(
      ({ happenings: one }) =>
        !all.some(
          ({ happenings: other }) => other.length > one.length && one.every((x) => other.includes(x)),
        ),
    );
    windows = (lowerOnly ? all : maximal).map(({ end, happenings }) => ({
      happenings,
      reach: [end - T, lowerOnly ? end : (happenings[0]?.at ?? 0) + T],
    }));
  }
  return windows.flatMap(({ happenings, reach }): Satisfied[] => {
    const figure = figureOf(spec, happenings, value);
    const holds = Array.isArray(spec.condition)
      ? spec.condition.every(([operator, threshold]) => compares(figure, operator, threshold))
      : booleanHolds(spec, spec.condition as Wanted, happenings);
    if (!holds) return [];
    const those =
      value === undefined
        ? happenings
        : happenings.filter(({ values }) => JSON.stringify(values.map((v) => folded(v ?? ''))) === value);
    const end = happenings.at(-1)?.at ?? 0;
    return those.length === 0 ? [] : [{ happenings: those, end, reach, value: shown(figure) }];
  });
}

/** K5: satisfied windows that share something are one match. */
function mergedOf(
  spec: CorrelationSpec,
  windows: readonly Satisfied[],
  recorded?: Recorded,
): readonly Merged[] {
  let parts: Satisfied[][] = windows.map((window) => [window]);
  for (let again = true; again; ) {
    again = false;
    for (let i = 0; i < parts.length && !again; i++) {
      for (let j = i + 1; j < parts.length && !again; j++) {
        const mine = new Set(parts[i]?.flatMap(({ happenings }) => happenings));
        if (!(parts[j] ?? []).some(({ happenings }) => happenings.some((one) => mine.has(one)))) continue;
        parts[i] = [...(parts[i] ?? []), ...(parts[j] ?? [])];
        parts = parts.filter((_, k) => k !== j);
        again = true;
      }
    }
  }
  return parts.map((part) => {
    const those = [...new Set(part.flatMap(({ happenings }) => happenings))].sort(inTime);
    const all = eventsIn(those);
    const times = all.map(({ at }) => at ?? 0);
    const beyond = (source: string) =>
      part.some(
        ({ reach: [from, to] }) =>
          recorded?.[source] !== undefined && !recorded[source].some(([a, b]) => a <= from && to <= b),
      );
    return {
      group: [
        ...(those[0]?.group ?? []),
        ...(isShare(spec) ? (those[0]?.values ?? []).map((v) => v ?? '') : []),
      ],
      first: Math.min(...times),
      last: Math.max(...times),
      firedAt: Math.min(...part.map(({ end }) => end)),
      value: Math.max(...part.map(({ value }) => value)),
      events: all.map(({ id }) => id).sort(),
      count: all.length,
      incomplete: those.some(({ incomplete }) => incomplete) || all.some(({ source }) => beyond(source)),
      windows: [...part].sort((a, b) => a.end - b.end),
      all,
    };
  });
}

/** An exact fraction; counts have 1 below. */
type Ratio = readonly [of: bigint, by: bigint];

/** K6 to K9: what is computed over a window. */
function figureOf(spec: CorrelationSpec, window: readonly Happening[], value?: string): Ratio {
  const count = (n: number): Ratio => [BigInt(n), 1n];
  const numbers = () => window.map(({ values }) => ratioOf(values[0] ?? '0'));
  switch (spec.type) {
    case 'event_count':
      return count(window.length);
    case 'value_count':
      return count(
        new Set(window.map(({ values }) => JSON.stringify(values.map((v) => folded(v ?? ''))))).size,
      );
    case 'temporal':
      return count(new Set(window.flatMap(({ rules }) => [...rules])).size);
    case 'temporal_ordered': {
      const places = spec.rules.map((_, i) => i);
      const wanted = Array.isArray(spec.condition) ? places : positives(spec.condition as Wanted);
      return count(
        longestChain(
          window,
          places.filter((place) => wanted.includes(place)),
          [],
        ),
      );
    }
    case 'value_sum':
      return numbers().reduce(plus, ZERO);
    case 'value_avg':
      return times(numbers().reduce(plus, ZERO), [1n, BigInt(window.length)]);
    default: {
      if (value !== undefined) {
        const own = window.filter(
          ({ values }) => JSON.stringify(values.map((v) => folded(v ?? ''))) === value,
        );
        return [100n * BigInt(own.length), BigInt(window.length)];
      }
      const sorted = numbers().sort((a, b) => sign(plus(a, times(b, [-1n, 1n]))));
      const share = times(ratioOf(String(spec.type === 'value_median' ? 50 : (spec.percentile ?? 0))), [
        1n,
        100n,
      ]);
      const place = times(share, [BigInt(sorted.length - 1), 1n]);
      const whole = Number(place[0] / place[1]);
      const rest = plus(place, [-BigInt(whole), 1n]);
      const [below = ZERO, above = below] = [sorted[whole], sorted[whole + 1]];
      return plus(below, times(plus(above, times(below, [-1n, 1n])), rest));
    }
  }
}

/** K9: how many of the rules can be found in the order of the list, by different events of which none goes before another that stands earlier. */
function longestChain(
  window: readonly Happening[],
  rules: readonly number[],
  chain: readonly Happening[],
): number {
  const [rule, ...later] = rules;
  if (rule === undefined) return chain.length;
  let best = longestChain(window, later, chain);
  for (const one of window) {
    if (one.rules.has(rule) && chain.every((earlier) => earlier !== one && mayPrecede(earlier, one)))
      best = Math.max(best, longestChain(window, later, [...chain, one]));
  }
  return best;
}

function mayPrecede(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && (a.source !== b.source || a.place < b.place));
}

/** K10 */
function booleanHolds(spec: CorrelationSpec, wanted: Wanted, window: readonly Happening[]): boolean {
  const present = new Set(window.flatMap(({ rules }) => [...rules]));
  const holds = (one: Wanted): boolean =>
    'rule' in one
      ? present.has(one.rule)
      : 'not' in one
        ? !holds(one.not)
        : 'and' in one
          ? one.and.every(holds)
          : one.or.some(holds);
  if (!holds(wanted)) return false;
  if (spec.type === 'temporal') return true;
  const there = positives(wanted).filter((place) => present.has(place));
  const inListOrder = spec.rules.map((_, i) => i).filter((place) => there.includes(place));
  return longestChain(window, inListOrder, []) === inListOrder.length;
}

function positives(wanted: Wanted, negated = false): readonly number[] {
  if ('rule' in wanted) return negated ? [] : [wanted.rule];
  if ('not' in wanted) return positives(wanted.not, !negated);
  return ('and' in wanted ? wanted.and : wanted.or).flatMap((part) => positives(part, negated));
}

function isShare(spec: CorrelationSpec): boolean {
  return spec.type === 'value_percentile' && spec.percentile === undefined;
}

/** K7 */
function isUsable(spec: CorrelationSpec, values: readonly (string | undefined)[]): boolean {
  if (!spec.type.startsWith('value_')) return true;
  if (spec.type === 'value_count' || isShare(spec)) return !values.includes(undefined);
  return /^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(values[0] ?? '');
}

function eventsIn(happenings: readonly Happening[]): readonly StreamEvent[] {
  const all = new Set(happenings.flatMap(({ events }) => events));
  return [...all].sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || byFile(a, b));
}

function inTime(a: Happening, b: Happening): number {
  return a.at - b.at || byFile(a, b);
}

function byFile(a: { source: string; place: number }, b: { source: string; place: number }): number {
  return a.source < b.source ? -1 : a.source > b.source ? 1 : a.place - b.place;
}

const ZERO: Ratio = [0n, 1n];

function plus([a, b]: Ratio, [c, d]: Ratio): Ratio {
  return [a * d + c * b, b * d];
}

function times([a, b]: Ratio, [c, d]: Ratio): Ratio {
  return [a * c, b * d];
}

function sign([of]: Ratio): number {
  return of < 0n ? -1 : of > 0n ? 1 : 0;
}

function ratioOf(text: string): Ratio {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(`${whole}${fraction}`.replace('+', ''));
  return power >= 0 ? [digits * 10n ** BigInt(power), 1n] : [digits, 10n ** BigInt(-power)];
}

function compares(figure: Ratio, operator: string, threshold: string): boolean {
  const difference = sign(plus(figure, times(ratioOf(threshold), [-1n, 1n])));
  const is: Readonly<Record<string, boolean>> = {
    gt: difference > 0,
    gte: difference >= 0,
    lt: difference < 0,
    lte: difference <= 0,
    eq: difference === 0,
    neq: difference !== 0,
  };
  return is[operator] === true;
}

function shown([of, by]: Ratio): number {
  return Number(of) / Number(by);
}

function textOf(value: string | number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}

/** One writing for all that ECMAScript's simple case folding takes for the same (SIGMA R4). */
export function folded(text: string): string {
  const known = WRITINGS.find((writing) =>
    new RegExp(`^(?:${writing.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})$`, 'iu').test(text),
  );
  if (known !== undefined) return known;
  WRITINGS.push(text);
  return text;
}

const WRITINGS: string[] = [];
