import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SHIPPED_RULES } from '../../product/locations.ts';
import { main } from '../main.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbwitness-lint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

function write(name: string, text: string): string {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
}

async function lint(args: readonly string[], { terminal = false } = {}) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  if (terminal) Object.assign(out, { isTTY: true });
  const streams = { out, err, in: new PassThrough() };
  const code = await main(['lint', ...args], streams, new AbortController().signal);
  const text = (stream: PassThrough) => String(stream.read() ?? '').replaceAll(folder, '@');
  return { code, out: text(out), err: text(err) };
}

const rule = (user = 'sa', level = 'low') => `title: Login of the Administrator
id: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70
status: test
description: Somebody used the account that is for emergencies.
logsource:
    category: database
detection:
    selection:
        user: ${user} # the account
    condition: selection
level: ${level}
`;

describe('dbwitness lint', () => {
  test('is silent about sound rules, and 0', async () => {
    expect(await lint([write('rules/a.yml', rule())])).toEqual({
      code: 0,
      out: '1 rule: no findings.\n',
      err: '',
    });
  });

  test('says file, line, column, severity, message and id; info alone is 0', async () => {
    write('rules/a.yml', rule("'*'"));
    expect(await lint([at('rules')])).toEqual({
      code: 0,
      out: '@/rules/a.yml:9:15 info A lone * matches every value; exists: true says so. (lone_star)\n\n1 rule: 1 info; --fix mends 1.\n',
      err: '',
    });
    write('rules/b.yml', rule('sa', 'loud'));
    const { code, out } = await lint([at('rules'), '--profile', 'strict']);
    expect(code).toBe(1);
    expect(out).toContain('@/rules/b.yml:11:8 error ');
  });

  test('underlines the place on a terminal', async () => {
    const { out } = await lint([write('a.yml', rule("'*'"))], { terminal: true });
    expect(out.split('\n').slice(1, 3)).toEqual([
      "  9 |         user: '*' # the account",
      '    |               ^^^',
    ]);
  });

  test('passes over tests and YAML that is no Sigma in folders, and names them', async () => {
    write('rules/a.yml', rule());
    write('rules/a.test.yml', 'tests: []\n');
    write('rules/compose.yaml', 'services: {}\n');
    write('rules/.git/b.yml', rule());
    const { code, out } = await lint([`${at('rules')}/`, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      findings: [],
      rules: 1,
      errors: 0,
      warnings: 0,
      infos: 0,
      suppressed: 0,
      fixed: [],
      passedOver: ['@/rules/a.test.yml', '@/rules/compose.yaml'],
    });
    // A file that is named is meant.
    expect((await lint([at('rules/compose.yaml')])).code).toBe(1);
  });

  test('--fix mends what is safe, keeps comments, line ends and rights, and says what it did', async () => {
    const path = write('a.yml', rule("'*'").replace('status: test', 'status: test  '));
    const before = statSync(path).mode;
    expect(await lint([path, '--fix'])).toEqual({
      code: 0,
      out: '@/a.yml:3 fixed: Remove them (trailing_blanks)\n@/a.yml:9 fixed: Write exists: true (lone_star)\n\n1 rule: no findings; 2 fixed.\n',
      err: '',
    });
    expect(readFileSync(path, 'utf8')).toBe(rule().replace('user: sa', 'user|exists: true'));
    expect(statSync(path).mode).toBe(before);
  });

  test('leaves a file alone in which nothing is mended', async () => {
    const path = write('a.yml', rule('sa', 'loud'));
    const { mtimeMs } = statSync(path);
    expect((await lint([path, '--fix'])).code).toBe(1);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
  });

  test('--fix tells of a file that it cannot write, with what is still wrong there, and mends the others', async () => {
    // With so long a name there is no room for the new text beside it, whatever the account may do.
    const [long, untidy] = [`${'l'.repeat(240)}.yml`, rule("'*'")];
    write(long, untidy);
    write('z.yml', untidy.replace('5a1f', '5a2f').replace('title: Login', 'title: Second Login'));
    const { code, out, err } = await lint([folder, '--fix']);
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('(rules/unwritable)') });
    expect(err).not.toContain('fault of DB Witness');
    expect(out).toContain('z.yml:9 fixed: Write exists: true (lone_star)');
    expect(out).toMatch(/l\.yml:9:\d+ info A lone \*/);
    expect(readFileSync(at(long), 'utf8')).toBe(untidy);
  });

  test('--fix keeps a byte order mark, CR LF, and links', async () => {
    const text = `\ufeff${rule("'*'").replaceAll('\n', '\r\n')}`;
    const path = write('real.yml', text);
    symlinkSync(path, at('link.yml'));
    expect((await lint([at('link.yml'), '--fix'])).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(text.replace("user: '*'", 'user|exists: true'));
    expect(lstatSync(at('link.yml')).isSymbolicLink()).toBe(true);
  });

  test('reads a hidden folder that is named', async () => {
    write('.mine/rules/a.yml', rule());
    expect((await lint([at('.mine/rules')])).out).toBe('1 rule: no findings.\n');
  });

  test('knows which rules have tests beside them', async () => {
    write('dbwitness.yml', 'lint: {checks: {test_missing: warning}}\n');
    write('rules/a.yml', rule());
    write('rules/a.test.yml', 'tests: []\n');
    expect((await lint([at('rules')])).code).toBe(0);
    expect((await lint([write('b.yml', rule())])).out).toContain('@/b.yml:1:8 warning No tests stand beside');
  });

  test('refuses a file that is not UTF-8, and goes on', async () => {
    write('rules/a.yml', rule());
    writeFileSync(at('rules/b.yml'), Buffer.from(rule('Müller'), 'latin1'));
    expect(await lint([at('rules')])).toEqual({
      code: 3,
      out: '1 rule: no findings.\n',
      err: '@/rules/b.yml is not UTF-8 text. (rules/not-utf-8)\n',
    });
  });

  test('finds its configuration above the rules; --config and --profile go before it', async () => {
    write('dbwitness.yml', 'lint:\n    checks: {lone_star: warning}\n    exclude: [old/**]\n');
    const other = write('other.yml', 'lint:\n    checks: {lone_star: off}\n');
    write('rules/deep/a.yml', rule("'*'"));
    write('old/b.yml', rule("'*'").replace('5a1f', '5a2f'));
    expect((await lint([at('rules')])).out).toContain('a.yml:9:15 warning');
    expect((await lint([at('old')])).out).toBe('1 rule: no findings; 1 suppressed.\n');
    expect((await lint([at('rules'), '--config', other])).code).toBe(0);
    expect((await lint([at('rules'), '--profile', 'sigmahq'])).out).toContain('lone_star');
  });

  test('stops at a configuration that it cannot follow, with the place', async () => {
    write('dbwitness.yml', 'lint:\n    checks:\n        lone_stra: off\n');
    const { code, out } = await lint([write('a.yml', rule())]);
    expect(code).toBe(3);
    expect(out).toContain(
      '@/dbwitness.yml:3:9 error There is no check lone_stra. Was lone_star meant? (lint/unknown-check)',
    );
  });

  test("reads sigma-cli's configuration where it lies", async () => {
    write(
      'sigma_cli_conf.yml',
      'validators: [sigmahq_title_length]\nconfig: {sigmahq_title_length: {max_length: 5}}\n',
    );
    const { code, out } = await lint([write('a.yml', rule("'*'"))]);
    expect(code).toBe(1);
    expect(out).toContain('(sigmahq_title_length)');
    expect(out).not.toContain('lone_star');
  });

  test('takes a newer knowledge file, and says which one it cannot use', async () => {
    const attack = {
      knowledge: 'attack',
      version: '99',
      tactics: 'new-tactic',
      techniques: {},
      others: '',
      revoked: {},
    };
    write('attack.json', JSON.stringify(attack));
    write('dbwitness.yml', 'knowledge: {attack: attack.json}\n');
    const path = write('a.yml', `${rule()}tags: [attack.new-tactic]\n`);
    expect((await lint([path])).code).toBe(0);
    write('attack.json', '{"knowledge": "d3fend"}');
    expect(await lint([path])).toMatchObject({
      code: 3,
      err: expect.stringContaining('no attack knowledge file'),
    });
  });

  test('comments suppress, and tell where they suppress nothing', async () => {
    const head = '# dbwitness-disable lone_star -- exists is not known in our tool\n';
    expect((await lint([write('a.yml', head + rule("'*'"))])).out).toBe(
      '1 rule: no findings; 1 suppressed.\n',
    );
    expect((await lint([write('b.yml', head + rule())])).out).toContain(
      'b.yml:1:21 info This suppresses nothing.',
    );
  });

  test('SARIF has rules with help, places in UTF-16 columns, and fixes', async () => {
    const { code, out } = await lint([
      write('a ü.yml', rule("'*'").replace('the account', '😀')),
      '--format',
      'sarif',
    ]);
    expect(code).toBe(0);
    const [run] = JSON.parse(out).runs;
    expect(run.tool.driver.rules).toEqual([
      expect.objectContaining({ id: 'lone_star', help: { text: expect.stringContaining('exists: true') } }),
    ]);
    const artifactLocation = { uri: expect.stringMatching(/^file:\/\/.*a%20%C3%BC\.yml$/) };
    expect(run.results).toEqual([
      {
        ruleId: 'lone_star',
        ruleIndex: 0,
        level: 'note',
        message: { text: expect.any(String) },
        locations: [
          {
            physicalLocation: {
              artifactLocation,
              region: { startLine: 9, startColumn: 15, endLine: 9, endColumn: 18 },
            },
          },
        ],
        fixes: [
          {
            description: { text: 'Write exists: true' },
            artifactChanges: [
              {
                artifactLocation,
                replacements: [
                  {
                    deletedRegion: { startLine: 9, startColumn: 9, endLine: 9, endColumn: 13 },
                    insertedContent: { text: 'user|exists' },
                  },
                  {
                    deletedRegion: { startLine: 9, startColumn: 15, endLine: 9, endColumn: 18 },
                    insertedContent: { text: 'true' },
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('GitHub annotations cannot be broken out of', async () => {
    const { code, out } = await lint([
      write('a,b:c%.yml', rule('sa', '"x\\n::error::y"')),
      '--format',
      'github',
    ]);
    expect(code).toBe(1);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(out).toMatch(
      /^::error file=@\/a%2Cb%3Ac%25\.yml,line=11,endLine=11,col=8,endColumn=\d+,title=sigma\/level::/,
    );
    expect(out).not.toContain('\n::error::y');
  });

  test.each([
    [['--profile', 'best'], '--profile takes dbwitness, sigmahq or strict, not “best”'],
    [['--json', '--format', 'sarif'], '--json and --format sarif exclude each other'],
    [['--format', 'xml'], '--format takes text, json, sarif or github, not “xml”'],
    [['--config', 'none.yml'], '--config: there is no file or folder none.yml'],
  ])('%j is a usage error', async (args, words) => {
    const { code, err } = await lint([write('a.yml', rule()), ...args]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(words) });
  });

  test('so is a path that is not there', async () => {
    expect(await lint([at('none')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no file or folder @/none'),
    });
  });

  test('the rules that ship have nothing to be said of', async () => {
    const { code, out } = await lint([SHIPPED_RULES]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^\d+ rules: no findings\.\n$/) });
  });
});
