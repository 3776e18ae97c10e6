import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from './main.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbwitness-main-'));
  writeFileSync(join(folder, 'a.log'), 'not read here');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command line in this process; `@` stands for the test's folder. */
async function run(...args: readonly string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const words = args.map((word) => word.replace(/^@/, `${folder}/`));
  const code = await main(words, { out, err, in: new PassThrough() }, new AbortController().signal);
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, out: text(out), err: text(err) };
}

test.each<[string, string]>([
  ['import', 'expected CASE FILE…'],
  ['nonsense', 'there is no command “nonsense”'],
  ['import @new @a.log --format csv', '--format takes csvlog, jsonlog, stderr or server-audit'],
  ['import @new @a.log --timezone Nowhere', '--timezone takes a zone'],
  ['import @new @a.log --encoding utf16', '--encoding takes latin1 or cp1252'],
  ['import @new @a.log --offset 1h', '--offset takes a whole number'],
  ['import @new @a.log --estate none.yml', '--estate: there is no file or folder none.yml'],
  ['import @new @a.log --passphrase-fd x --profile @p', '--passphrase-fd takes a number'],
  ['import @new @a.log --passphrase-fd 3 --profile @p', 'there is no identity yet'],
  ['import @a.log @a.log', 'is a file; a case is a folder'],
  ['parse @a.log --format csv', '--format takes'],
  ['events @case --where usr=x', 'no field “usr”'],
  ['events @case --format xml', '--format takes jsonl, csv or parquet'],
  ['events @case --out @a.log', 'a.log exists already'],
  ['events @nothing-here', 'is not a case folder'],
  ['timeline @case --bins many', '--bins takes a whole number from 1 to 4000'],
  ['timeline @case --by statement', '--by takes a field whose values can be counted'],
  ['sessions @case --only odd', '--only takes all, with findings'],
  ['sessions @case --limit 0', '--limit takes a whole number of 1 or more'],
  ['detect @case --rules no-rules', '--rules: there is no file or folder no-rules'],
  ['report @case out.doc', 'written as .html or .pdf'],
  ['report @case @out.html --zone Mars', '--zone takes a zone'],
  ['seal @case --form tar', '--form takes zip or folder'],
  ['verify @no.zip', 'there is no file or folder'],
  ['verify @a.log --fingerprint 12', '64 hexadecimal digits'],
  ['serve @case --port 99999', '--port takes a whole number from 0 to 65535'],
  ['gaps @case --unknown', "Unknown option '--unknown'"],
  ['gaps @case more', 'too many arguments: more'],
])('%s is a usage error in plain words', async (line, words) => {
  const { code, out, err } = await run(...line.split(' '));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(words);
  expect(err).not.toMatch(/\n\s+at |ZodError|ENOENT/);
  expect(existsSync(join(folder, 'new'))).toBe(false);
});

test('help is a result, and no command at all is a usage error that shows it', async () => {
  expect(await run('--help')).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('Usage: dbwitness'),
  });
  expect(await run('parse', '--help')).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('Examples'),
  });
  expect(await run()).toMatchObject({ code: 2, out: expect.stringContaining('Usage: dbwitness') });
});

test('a file that is not there is bad input, and makes no case', async () => {
  const { code, err } = await run('import', '@new', '@missing.log');
  expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('missing.log is not there') });
  expect(existsSync(join(folder, 'new'))).toBe(false);
});

test('controls in what is echoed are shown as marks', async () => {
  const { err } = await run('\u001b[31mred');
  expect(err).toContain('“␛[31mred”');
});
