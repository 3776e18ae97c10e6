import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { openClickHouse } from '../../engine/documents/clickhouse-tables.ts';
import { main } from '../main.ts';

const RULES = `title: Drop
id: 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001
author: Jane Doe
level: high
references: [https://example.org/drop]
name: drop
logsource: {category: process_creation, product: windows}
detection:
  sel:
    CommandLine|contains: drop
  big:
    id: 9007199254740993
  condition: sel or big
---
title: Two drops
correlation:
  type: event_count
  rules: [drop]
  group-by: [user.name]
  timespan: 5m
  condition: {gte: 2}
  generate: true
---
title: Bad
logsource: {category: x}
detection:
  sel:
    a|nosuch: b
  condition: sel
`;

const EVENTS = [
  '{"CommandLine":"x DROP y","user":{"name":"eve"},"@timestamp":"2026-01-05T10:00:00Z"}',
  'broken',
  '{"CommandLine":"drop","user.name":"Eve","ts":1767607300,"id":9007199254740992}',
  '{"id":9007199254740993,"time":"2026-01-05 10:00"}',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbwitness-match-'));
  writeFileSync(join(folder, 'rules.yml'), RULES);
  writeFileSync(join(folder, 'events.jsonl'), `${EVENTS.join('\n')}\n`);
  writeFileSync(join(folder, 'sound.yml'), RULES.split('---')[0] ?? '');
  writeFileSync(
    join(folder, 'bad-filter.yml'),
    'title: F\nlogsource: {category: process_creation}\nfilter: {a: {b: c}, condition: not a}\n',
  );
  writeFileSync(join(folder, 'none.jsonl'), '{"a":1}\n');
  writeFileSync(join(folder, 'bad.jsonl'), 'nothing\nof it\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `dbwitness match` in this process; `@` stands for the test's folder. */
async function match(line: string, piped = '', signal = new AbortController().signal) {
  const [out, err, input] = [new PassThrough(), new PassThrough(), new PassThrough()];
  input.end(piped);
  const words = line.split(' ').map((word) => word.replace(/^@/, `${folder}/`));
  const code = await main(['match', ...words], { out, err, in: input }, signal);
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, out: text(out), err: text(err) };
}

const noClickHouse = await openClickHouse().then(
  (database) => database.close(),
  (error: Error) => error,
);

describe.each(['duckdb', 'sqlite', 'clickhouse'])('dbwitness match on %s', (engine) => {
  const it = test.skipIf(engine === 'clickhouse' && noClickHouse !== undefined);

  it('tells rules, their authors, events and windows as JSON', async () => {
    const { code, out } = await match(
      `--rules @rules.yml --events @events.jsonl --engine ${engine} --format json`,
    );
    const { rules, ...rest } = JSON.parse(out);
    expect(code).toBe(1);
    expect(rest).toEqual({
      events: 3,
      withoutTime: 1,
      broken: [{ line: 2, message: expect.stringContaining('no JSON') }],
    });
    const [drop, twice, bad] = rules;
    expect(drop).toMatchObject({ title: 'Drop', author: 'Jane Doe', level: 'high', status: 'ran', total: 3 });
    expect(drop.matches).toMatchObject([
      { events: [0], lines: [1], time: '2026-01-05T10:00:00.000Z', selections: ['sel'] },
      { events: [1], lines: [3], time: '2026-01-05T10:01:40.000Z', selections: ['sel'] },
      { events: [2], lines: [4], selections: ['big'] },
    ]);
    expect(twice).toMatchObject({
      total: 1,
      leftOut: { 'without time': 1 },
      matches: [
        {
          group: { 'user.name': 'eve' },
          value: 2,
          events: [0, 1],
          window: { first: '2026-01-05T10:00:00.000Z', last: '2026-01-05T10:01:40.000Z' },
        },
      ],
    });
    expect(bad).toMatchObject({ status: 'failed', reason: expect.stringContaining('nosuch'), total: 0 });
  });

  it('tells which matches a filter hides, of the rules that it reaches (F4)', async () => {
    writeFileSync(
      join(folder, 'filter.yml'),
      'title: No eve\nlogsource: {category: process_creation}\nfilter: {rules: [drop], eve: {user.name: eve}, condition: not eve}\n',
    );
    const words = `--rules @rules.yml --rules @filter.yml --events @events.jsonl --engine ${engine} --hidden`;
    const { rules } = JSON.parse((await match(`${words} --format json`)).out);
    expect(rules.map(({ title, total, hidden }: Record<string, unknown>) => [title, total, hidden])).toEqual([
      ['Drop', 1, [0, 1]],
      ['Two drops', 0, undefined],
      ['Bad', 0, undefined],
    ]);
    expect((await match(words)).out).toContain('Drop: filters hide 0 (line 1), 1 (line 3)');
  });

  it('tells the same in words', async () => {
    const { code, out, err } = await match(`--rules @rules.yml --events @events.jsonl --engine ${engine}`);
    expect(code).toBe(1);
    expect(err).toContain('line 2 is left out');
    expect(out).toContain(
      'Drop (high, 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001, by Jane Doe, https://example.org/drop)',
    );
    expect(out).toContain(
      'user.name eve, 2026-01-05T10:00:00.000Z to 2026-01-05T10:01:40.000Z: 2 events: 0 (line 1)',
    );
    expect(out).toContain('3 events, 1 left out, 1 without a usable time.');
    expect(out).toContain('Bad: failed');
  });
});

it('reads what is piped in; local times count in the zone that is given', async () => {
  const { code, out } = await match(
    '--rules @rules.yml --events - --zone Europe/Berlin --json',
    EVENTS.join('\n'),
  );
  expect({ code, withoutTime: JSON.parse(out).withoutTime }).toEqual({ code: 1, withoutTime: 0 });
});

it('tells of correlations that refer to each other in a circle', async () => {
  const one = (name: string, other: string) =>
    `title: ${name}\nname: ${name}\ncorrelation: {type: temporal, rules: [${other}, ${name}], group-by: [a], timespan: 5m}\n`;
  writeFileSync(join(folder, 'circle.yml'), `${one('tick', 'tock')}---\n${one('tock', 'tick')}`);
  const { code, out } = await match('--rules @circle.yml --events @none.jsonl');
  expect(code).toBe(3);
  expect(out).toContain('tick: failed: This correlation refers to itself');
  expect(out).toContain('tock: failed: This correlation refers to itself');
});

it('stops when it is told to', async () => {
  const { code, out } = await match('--rules @rules.yml --events @events.jsonl', '', AbortSignal.abort());
  expect({ code, out }).toEqual({ code: 130, out: '' });
});

it.each([
  ['no match is fine', '--rules @sound.yml --events @none.jsonl', 0],
  ['no match although a rule is faulty is bad input', '--rules @rules.yml --events @none.jsonl', 3],
  ['a faulty filter is bad input', '--rules @sound.yml @bad-filter.yml --events @none.jsonl', 3],
  ['nothing that could be read is bad input', '--rules @rules.yml --events @bad.jsonl', 3],
  ['a file that is not there is a usage error', '--rules @rules.yml --events @missing', 2],
  ['rules that are not there are a usage error', '--rules @missing --events @none.jsonl', 2],
  ['an engine that there is not is a usage error', '--rules @rules.yml --events @none.jsonl --engine x', 2],
  ['both files are needed', '--rules @rules.yml', 2],
])('%s', async (_, line, expected) => {
  const { code, err } = await match(line);
  expect({ code, stack: /\n\s+at /.test(err) }).toEqual({ code: expected, stack: false });
});

it('says what to install where an engine is not on the machine', async () => {
  vi.stubEnv('DBWITNESS_CHDB', join(folder, 'nowhere'));
  vi.stubEnv('PATH', folder);
  const { code, err } = await match('--rules @rules.yml --events @none.jsonl --engine clickhouse');
  vi.unstubAllEnvs();
  expect(code).toBe(3);
  expect(err).toContain('npm install --prefix');
});
