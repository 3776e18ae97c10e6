import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findingsDetect, findingsList } from '../../host/findings.ts';
import { csvLine, type TestCase, testCase } from '../fixtures/engine-kit.ts';

const RULE = `title: Any statement
id: 5c1e1a52-5d6c-4b0e-9d1c-0d9d4d1f0011
logsource: { category: database }
detection: { selection: { action: SELECT }, condition: selection }
level: low
`;
const MATCHES = 10_500;

let made: TestCase;
beforeAll(async () => {
  made = await testCase();
  const lines = Array.from({ length: MATCHES }, (_, i) =>
    csvLine({ at: i, seq: i + 1, message: 'statement: SELECT 1' }),
  );
  lines.push(csvLine({ at: MATCHES, user: 'eve', session: '65e2a000.2', message: 'statement: SELECT 1' }));
  await made.import(made.write('a.csv', lines.join('')));
}, 60_000);
afterAll(() => made.close());

const detect = async (name: string, text: string) => {
  const rules = made.engine.files.add(made.write(name, text), join(made.folder, name));
  return (await made.engine.request(findingsDetect, { rules })).rules;
};

test('a file that holds no rule is an outcome, not silence', async () => {
  expect(await detect('broken.yml', 'title: [unclosed\n')).toEqual([
    expect.objectContaining({ title: 'rule file', status: 'failed', reason: expect.stringMatching(/./) }),
  ]);
});

test('what matches after ten thousand others is found too', async () => {
  expect(await detect('rule.yml', RULE)).toEqual([
    expect.objectContaining({ status: 'ran', matches: MATCHES + 1 }),
  ]);
  const { findings } = await made.engine.request(findingsList, {});
  expect(findings.map(({ user, count, events }) => ({ user, count, cited: events.length }))).toEqual([
    { user: 'alice', count: MATCHES, cited: 1000 },
    { user: 'eve', count: 1, cited: 1 },
  ]);
});

test('K5: a window that reaches beyond what was recorded says so', async () => {
  const counted = (user: string) =>
    `---\ntitle: Statements of ${user}\ncorrelation: { type: event_count, rules: [${user}], group-by: [user], timespan: 10s, condition: { gte: 1 } }\n` +
    `---\ntitle: Statement of ${user}\nname: ${user}\nlogsource: { category: database }\ndetection: { selection: { user: ${user} }, condition: selection }\n`;
  await detect('windows.yml', counted('alice') + counted('eve'));
  const { findings } = await made.engine.request(findingsList, {});
  // The log begins with alice: what she did before it is not on record.
  expect(findings.map(({ user, windowIncomplete }) => [user, windowIncomplete])).toEqual([
    ['alice', true],
    ['eve', undefined],
  ]);
});

test('a rule of a taxonomy that a mapping knows runs in the names of the event (P3)', async () => {
  const ecs = RULE.replace('detection: {', 'taxonomy: ecs\ndetection: {').replace(
    '{ action: SELECT }',
    '{ event.action: SELECT, user.name: eve }',
  );
  expect(await detect('ecs.yml', ecs)).toEqual([
    expect.objectContaining({ status: 'ran', matches: 1, absentFields: [] }),
  ]);
  const foreign = await detect('foreign.yml', ecs.replace('taxonomy: ecs', 'taxonomy: theirs'));
  expect(foreign).toEqual([
    expect.objectContaining({ status: 'failed', reason: expect.stringContaining('theirs') }),
  ]);
});
