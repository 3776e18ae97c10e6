import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';

const UNTIDY = 'logsource: {category: database}\ndetection:\n  s: [x]\n  condition: s\ntitle: T\n';
const TIDY = 'title: T\nlogsource: {category: database}\ndetection:\n    s: [x]\n    condition: s\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbwitness-fmt-'));
  writeFileSync(join(folder, 'a.yml'), UNTIDY);
  writeFileSync(join(folder, 'b.yml'), TIDY);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function fmt(...words: readonly string[]) {
  const [out, err, input] = [new PassThrough(), new PassThrough(), new PassThrough()];
  input.end();
  const code = await main(['fmt', folder, ...words], { out, err, in: input }, new AbortController().signal);
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
}

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('dbwitness fmt', () => {
  it('with --check writes nothing and says what would change', async () => {
    const { code, out } = await fmt('--check');
    expect({ code, text: read('a.yml') }).toEqual({ code: 1, text: UNTIDY });
    expect(out).toBe(`${folder}/a.yml would change\n2 files, 1 would change, 0 left as they are.\n`);
  });

  it('writes what changes, once', async () => {
    expect(await fmt()).toMatchObject({
      code: 0,
      out: `${folder}/a.yml\n2 files, 1 changed, 0 left as they are.\n`,
    });
    expect(read('a.yml')).toBe(TIDY);
    expect(await fmt('--check')).toMatchObject({ code: 0 });
  });

  it('goes on where a file cannot be written, and says so', async () => {
    // With so long a name there is no room for the new text beside it, whatever the account may do.
    const long = `${'l'.repeat(240)}.yml`;
    writeFileSync(join(folder, long), UNTIDY);
    writeFileSync(join(folder, 'z.yml'), UNTIDY);
    const { code, out, err } = await fmt('--json');
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('rules/unwritable') });
    expect(err).not.toContain('fault of DB Witness');
    expect(JSON.parse(out)).toMatchObject({
      changed: [`${folder}/a.yml`, `${folder}/z.yml`],
      problems: [{ code: 'rules/unwritable', at: { file: `${folder}/${long}` } }],
    });
    expect(read(long)).toBe(UNTIDY);
  });

  it('leaves a file that is no YAML alone, tells why, and goes on', async () => {
    writeFileSync(join(folder, '0.yml'), 'title: "open\ndetection: {}\n');
    const { code, out, err } = await fmt('--json');
    expect(JSON.parse(out)).toMatchObject({
      files: 3,
      changed: [`${folder}/a.yml`],
      problems: [{ code: 'sigma/yaml', at: { file: `${folder}/0.yml` } }],
    });
    expect({ code, said: err.includes('sigma/yaml') }).toEqual({ code: 3, said: true });
    expect(read('0.yml')).toBe('title: "open\ndetection: {}\n');
  });
});
