import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../main.ts';

const RULES = `title: Drop
id: 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001
author: |
  Jane Doe
references: [https://example.org/drop]
name: drop
logsource: {category: process_creation, product: windows}
detection:
  sel:
    CommandLine|contains: drop
    EventID: [1, 4688]
    time|hour: 3
  words: [secret]
  condition: sel or not words
---
title: Two drops
correlation:
  type: event_count
  rules: [drop]
  group-by: [user]
  timespan: 5m
  condition: {gte: 2}
---
title: Bad
logsource: {category: x}
detection:
  sel:
    a|nosuch: b
  condition: sel
---
title: Of our events
logsource: {category: database}
detection:
  sel:
    flags: sensitive_object
    user|expand: '%ops%'
  condition: sel
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbwitness-convert-'));
  writeFileSync(join(folder, 'rules.yml'), RULES);
  writeFileSync(join(folder, 'estate.yml'), 'placeholders: {ops: [Ann, bob]}\n');
  writeFileSync(join(folder, 'bad-estate.yml'), 'placeholders: [ops]\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function convert(...words: readonly string[]) {
  const [out, err, input] = [new PassThrough(), new PassThrough(), new PassThrough()];
  input.end();
  const args = ['convert', join(folder, 'rules.yml'), ...words];
  const code = await main(args, { out, err, in: input }, new AbortController().signal);
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
}

describe('dbwitness convert', () => {
  it('prints SQL with its author, columns and macros, and tells what it could not say', async () => {
    const { code, out, err } = await convert('--table', 'logs.windows');
    expect(out).toContain(`-- Drop (9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001)
-- Author: Jane Doe
-- Source: https://example.org/drop
-- Columns: CommandLine, EventID, time, raw
CREATE OR REPLACE TEMP MACRO sigma_fold(t) AS`);
    expect(out).toContain('FROM "logs"."windows" AS e\nWHERE ');
    expect(out).toContain('-- Two drops\n');
    expect(out).toContain('a sliding window of 300 seconds matches where event_count is gte 2');
    expect(err).toContain(
      'Two drops: these are the queries of its rules; its windows are judged by dbwitness match',
    );
    expect(err).toMatch(/Bad: .*nosuch/);
    expect(code).toBe(3);
  });

  it('names the filters that are part of a query, and tells of one that it cannot read', async () => {
    const logsource = 'logsource: {category: process_creation}\n';
    writeFileSync(
      join(folder, 'filters.yml'),
      `title: No admins\n${logsource}filter: {rules: any, a: {User: adm}, condition: not a}\n---\ntitle: For nothing\n${logsource}filter: {a: {User: x}, condition: not a}\n`,
    );
    const { out, err } = await convert(join(folder, 'filters.yml'));
    expect(out).toContain('-- Columns: CommandLine, EventID, time, User, raw\n-- Filters: No admins\n');
    expect(err).toContain('The filter needs rules');
  });

  it('names the functions that SQLite lacks', async () => {
    const { out } = await convert('--target', 'sqlite');
    expect(out).toContain('-- Functions to register: sigma_fold, sigma_text_part\n');
  });

  it('says a rule for a database in the terms of a case', async () => {
    const estate = (name: string) => ['--layout', 'case', '--estate', join(folder, name)];
    const { out, err } = await convert(...estate('estate.yml'));
    expect(out).toMatch(
      /-- Of our events\n-- Columns: flags, user\n[\s\S]*IN \('ann', 'bob'\)[\s\S]*ORDER BY e\."time";/,
    );
    expect((await convert('--layout', 'case')).err).toContain('it needs %ops%, and the case has no estate');
    expect(await convert(...estate('bad-estate.yml'))).toMatchObject({ code: 3, out: '' });
    expect(err).toContain('Drop: its log source is not a database log');
    expect((await convert('--layout', 'case', '--table', 'x')).code).toBe(2);
  });

  it('translates fields by a mapping that ships or a pipeline file, and refuses one that it cannot keep', async () => {
    const to = async (mapping: string) => (await convert('--target', 'plan', '--mapping', mapping)).out;
    writeFileSync(
      join(folder, 'pipeline.yaml'),
      'transformations:\n  - type: field_name_mapping\n    mapping: {CommandLine: process.command_line}\n',
    );
    expect(await to(join(folder, 'pipeline.yaml'))).toContain('process.command_line is *drop*');
    expect(await to('mysql')).toContain('CommandLine is *drop*');
    writeFileSync(join(folder, 'pipeline.yaml'), 'transformations:\n  - type: drop_detection_item\n');
    expect(await convert('--mapping', join(folder, 'pipeline.yaml'))).toMatchObject({
      code: 3,
      err: expect.stringContaining('drop_detection_item'),
    });
  });

  it('prints the plan in words and as data', async () => {
    expect((await convert('--target', 'plan')).out).toContain(`Drop (9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001)
by Jane Doe
  one of
    sel
    not
      words
  sel:
    all of
      CommandLine is *drop*
      one of
        EventID is 1
        EventID is 4688
      time has an hour that is 3
  words:
    any field is *secret*
`);
    const [drop, twice, bad] = JSON.parse((await convert('--target', 'plan', '--format', 'json')).out);
    expect(drop.plan).toMatchObject({
      fields: ['CommandLine', 'EventID', 'time'],
      where: { kind: 'or', of: [{ kind: 'selection', name: 'sel' }, { kind: 'not' }] },
    });
    expect(twice.plan).toMatchObject({ type: 'event_count', timespan: 300_000_000 });
    expect(bad.reason).toContain('nosuch');
  });
});
