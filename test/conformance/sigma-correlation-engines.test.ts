import type { DocumentFields } from '@dbwitness/shared/sigma/documents/document.ts';
import { runOnEvents } from '@dbwitness/shared/sigma/documents/run-on-events.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngines } from '../kit/table-engines.ts';

const BASES = ['a', 'b']
  .map(
    (name) =>
      `---\ntitle: ${name}\nname: ${name}\nlogsource: {category: test}\ndetection: {sel: {kind: ${name}}, condition: sel}\n`,
  )
  .join('');

const engines = await openEngines();

describe.each(engines)('correlations of any JSON events on $title', ({ missing, get, close }) => {
  afterAll(close);

  /** The groups of the matches with the places of their events, for events a second apart. */
  async function matched(correlation: string, events: readonly DocumentFields[]) {
    const text = `title: C\ncorrelation: {rules: [a, b], timespan: 1h, ${correlation}}\n${BASES}`;
    const { value, problems } = loadRules([{ name: 'c.yml', text }]);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { runs } = await runOnEvents(
      value,
      events.map((fields, i) => ({ fields: { kind: 'a', ...fields }, at: i * 1e6 })),
      get(),
    );
    expect(runs.map(({ reason }) => reason)).toEqual([undefined]);
    return runs[0]?.matches.map((match) => [match.group, match.events]);
  }

  it.skipIf(missing)('K2: groups are equal as values are: numbers, texts and cases', async () => {
    const found = await matched('type: event_count, group-by: [user.id], condition: {gte: 2}', [
      { user: { id: 5 } },
      { 'user.id': '5' },
      { user: { id: 5.0 } },
      { user: { id: '05' } },
      { user: { id: 'ſam' } },
      { user: { id: 'SAM' } },
      { user: { id: true } },
      { user: { id: 'TRUE' } },
      { user: { id: null } },
      { user: {} },
    ]);
    expect(found).toEqual([
      [{ 'user.id': '5' }, [0, 1, 2]],
      [{ 'user.id': 'ſam' }, [4, 5]],
      [{ 'user.id': 'true' }, [6, 7]],
    ]);
  });

  it.skipIf(missing)('K6: thresholds and sums are exact beyond what doubles hold', async () => {
    const sum = (condition: string) =>
      matched(`type: value_sum, group-by: [g], condition: {field: n, ${condition}}`, [
        { g: 1, n: 9007199254740993n },
        { g: 2, n: 9007199254740992n },
        { g: 3, n: 0.1 },
        { g: 3, n: '0.2' },
      ]);
    expect(await sum('gt: 9007199254740992')).toEqual([[{ g: '1' }, [0]]]);
    expect(await sum('eq: 0.3')).toEqual([[{ g: '3' }, [2, 3]]]);
  });

  it.skipIf(missing)('K11: an alias reads nested fields of each rule', async () => {
    const aliases = 'aliases: {who: {a: source.name, b: target.name}}';
    const found = await matched(`type: temporal_ordered, group-by: [who], ${aliases}`, [
      { source: { name: 'eve' } },
      { kind: 'b', source: { name: 'eve' }, target: { name: 'bob' } },
      { kind: 'b', target: { name: 'EVE' } },
    ]);
    expect(found).toEqual([[{ who: 'eve' }, [0, 2]]]);
  });
});
