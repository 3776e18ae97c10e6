import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleIdentity, sealSample, tempFolder } from '../engine/custody/fixtures/sample-case.ts';
import { runVerify } from './command.ts';
import { Mutant } from './fixtures/mutant.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let path: string;
beforeAll(async () => {
  folder = await tempFolder();
  ({ path } = await sealSample(folder.path, { form: 'zip' }));
});
afterAll(() => folder.remove());

const { fingerprint } = sampleIdentity();
const run = async (...args: readonly string[]) => {
  const said = { out: '', err: '' };
  const exit = await runVerify(
    args,
    (text) => {
      said.out += text;
    },
    (text) => {
      said.err += text;
    },
  );
  return { exit, ...said };
};

test('exit codes tell verified, failed, usage, not trusted and not a package apart', async () => {
  expect((await run(path, '--fingerprint', fingerprint)).exit).toBe(0);
  expect((await run(path)).exit).toBe(3);
  const junk = join(folder.path, 'junk.zip');
  await writeFile(junk, 'junk');
  expect((await run(junk)).exit).toBe(4);
  for (const usage of [
    [],
    ['a', 'b'],
    ['--no-such-option'],
    [join(folder.path, 'absent')],
    [path, '--fingerprint', 'x'],
    [path, '--expect-ledger', '3'],
    [path, '--trust', junk],
  ]) {
    const { exit, err, out } = await run(...usage);
    expect([exit, out], usage.join(' ')).toEqual([2, '']);
    expect(err).toMatch(/^verify: /);
  }
  expect((await run('--help')).exit).toBe(0);
});

test('a fingerprint may be typed in the groups that people see', async () => {
  const grouped = fingerprint.toUpperCase().replace(/(.{4})/g, '$1 ');
  expect((await run(path, '--fingerprint', grouped)).exit).toBe(0);
});

test('the text leads with the verdict and tells what was not checked and why', async () => {
  const { out } = await run(path, '--fingerprint', fingerprint);
  expect(out).toMatch(/^VERIFIED\./);
  expect(out).toContain('the package holds no time stamp');
  expect(out).toContain(fingerprint.slice(0, 4));
});

test('failures stand first, and hostile names cannot act on a terminal', async () => {
  const other = await tempFolder();
  const good = await Mutant.load((await sealSample(other.path)).path);
  const mutant = good.edit(
    'manifest-sha256.txt',
    (text) => `${text}${'0'.repeat(64)}  data/\u001b[2J\u202e\n`,
  );
  const text = await mutant.inFolder(async (place) => (await run(place, '--fingerprint', fingerprint)).out);
  await other.remove();
  expect(text).toMatch(/^FAILED\./);
  expect(text).toContain('FAIL  path/control');
  expect(text).not.toMatch(/[\u001b\u202e]/);
});

test('--json is what the schema in the repository says', async () => {
  const schema = JSON.parse(
    await readFile(join(import.meta.dirname, 'verification-result.schema.json'), 'utf8'),
  ) as Schema;
  const signed = JSON.parse((await run(path, '--json', '--fingerprint', fingerprint)).out) as {
    checks: { id: string }[];
  };
  const foreign = JSON.parse((await run(path, '--json')).out) as unknown;
  expect([violations(schema, signed), violations(schema, foreign)]).toEqual([[], []]);
  expect(violations(schema, { ...signed, verdict: 'fine', more: 1 })).toEqual(['.more', '.verdict']);
  const ids = signed.checks.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort());
});

/** The words of JSON Schema that the file uses. */
interface Schema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false | Schema;
  readonly items?: Schema;
}

/** Places where a value is not as its schema says. */
function violations(schema: Schema, value: unknown, at = ''): readonly string[] {
  const typed = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  const wrong =
    (schema.const !== undefined && value !== schema.const) ||
    (schema.enum !== undefined && !schema.enum.includes(value)) ||
    (schema.type !== undefined && schema.type !== typed) ||
    (schema.pattern !== undefined && !new RegExp(schema.pattern).test(String(value))) ||
    (schema.minimum !== undefined && Number(value) < schema.minimum);
  if (wrong) return [at];
  if (Array.isArray(value))
    return value.flatMap((one, i) => violations(schema.items ?? {}, one, `${at}[${i}]`));
  if (typeof value !== 'object' || value === null) return [];
  const absent = (schema.required ?? [])
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) => `${at}.${key}`);
  const wrongMembers = Object.entries(value).flatMap(([key, one]) => {
    const known = schema.properties?.[key] ?? schema.additionalProperties;
    return known === false ? [`${at}.${key}`] : violations(known ?? {}, one, `${at}.${key}`);
  });
  return [...absent, ...wrongMembers].sort();
}
