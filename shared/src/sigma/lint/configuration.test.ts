import { describe, expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';
import { lintFiles } from './fixtures/lint-text.ts';

const read = (text: string, file = 'dbwitness.yml') => readConfiguration(file, text);
const problems = (text: string, file?: string) =>
  read(text, file).problems.map(({ code, message, at }) => `${at?.line} ${code}: ${message}`);
const RULE = (id = '0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70') =>
  `title: x\nid: ${id}\nlogsource: {category: own}\ndetection:\n    sel:\n        user: '*'\n    condition: sel\n`;
const codes = (configuration: string, files: Parameters<typeof lintFiles>[0], name?: string) =>
  lintFiles(files, read(configuration, name).value).findings.map(
    ({ code, severity, at }) => `${severity} ${code} ${at?.file}`,
  );

describe('dbwitness.yml', () => {
  it('switches checks off and on, and sets severities and options', () => {
    const off = 'lint:\n    checks:\n        lone_star: off\n';
    expect(codes(off, RULE())).toEqual([]);
    const severe = 'lint:\n    checks:\n        lone_star: error\n        license_missing: on\n';
    expect(codes(severe, RULE())).toEqual([
      'info license_missing rules/rule.yml',
      'error lone_star rules/rule.yml',
    ]);
    const options =
      'lint:\n    checks:\n        lone_star: off\n        sigmahq_title_length: { severity: error, max_length: 0 }\n';
    expect(read(options).problems).toEqual([]);
    expect(codes(options, RULE())).toEqual(['error sigmahq_title_length rules/rule.yml']);
  });

  it('takes a profile, and the one asked for goes before it', () => {
    expect(read('lint:\n    profile: strict\n').value.profile).toBe('strict');
    expect(readConfiguration('dbwitness.yml', 'lint:\n    profile: strict\n', 'sigmahq').value.profile).toBe(
      'sigmahq',
    );
  });

  it('excludes by path and by rule, for every check or for some', () => {
    const files = { 'old/a.yml': RULE('11111111-1111-4111-8111-111111111111'), 'new/b.yml': RULE() };
    const at = (exclude: string) =>
      codes(`lint:\n    checks: {duplicate_title: off}\n    exclude:\n${exclude}`, files).map(
        (line) => line.split(' ')[2],
      );
    expect(at('        - old/**\n')).toEqual(['new/b.yml']);
    expect(at('        - path: "**/b.yml"\n          checks: [lone_star]\n')).toEqual(['old/a.yml']);
    expect(at('        - path: "**/b.yml"\n          checks: [contains_empty]\n')).toHaveLength(2);
    expect(at('        - rule: 11111111-1111-4111-8111-111111111111\n')).toEqual(['new/b.yml']);
  });

  it('names newer knowledge files', () => {
    expect(read('knowledge:\n    attack: data/attack-v20.json\n').value.knowledge).toEqual({
      attack: 'data/attack-v20.json',
    });
  });

  it('tells of what it does not know, with the place', () => {
    expect(
      problems(
        'lint:\n    profil: strict\n    checks:\n        lone_stra: off\n        lone_star: loud\n        sigmahq_title_length: {lengt: 1}\n        number_as_string: {a: 1}\n    exclude:\n        - rul: x\nknowledge:\n    mitre: x\n',
      ),
    ).toEqual([
      '2 lint/unknown-key: “profil” is no key here: profile, checks, exclude.',
      '11 lint/unknown-key: “mitre” is no key here: attack, d3fend, taxonomy.',
      '4 lint/unknown-check: There is no check lone_stra. Was lone_star meant?',
      '5 lint/value: “lone_star” needs on, off, error, warning, info, or a map with severity and options.',
      '6 lint/unknown-option: The check sigmahq_title_length has no option lengt. It has max_length.',
      '7 lint/unknown-option: The check number_as_string has no option a.',
      '9 lint/unknown-key: “rul” is no key here: path, rule, checks.',
      '9 lint/value: “exclude” needs path or rule.',
    ]);
    expect(problems('lint: {profile: best}\n')).toEqual([
      '1 lint/unknown-profile: There is no profile best: dbwitness, sigmahq or strict.',
    ]);
    expect(problems('lint:\n    checks: {sigma/regex: off}\n')[0]).toContain('found when the rule is read');
  });

  it('is left alone where it says nothing of linting, but not where it is no map', () => {
    expect(problems('other: 1\n')).toEqual([]);
    expect(problems('- a\n')[0]).toContain('lint/not-a-configuration');
    expect(problems('lint: [\n')[0]).toContain('lint/yaml');
  });
});

describe("sigma-cli's configuration (SIGMA L1)", () => {
  const file = 'sigma_cli_conf.yml';

  it('has all checks of pySigma and SigmaHQ but those taken away, and none of ours', () => {
    const { value, problems: found } = read('validators:\n    - all\n    - -tlptag\n', file);
    expect(found).toEqual([]);
    expect(value.checks).toHaveLength(79);
    expect(value.checks.some(({ check }) => check.id === 'tlptag' || check.origin === 'own')).toBe(false);
  });

  it('reads exclusions by rule, one name or several, and a rule that stands twice', () => {
    const text = `validators: [all]\nexclusions:\n    a: escaped_wildcard\n    b: [number_as_string, tag_format]\n    a: tag_format\n`;
    const { value, problems: found } = read(text, file);
    expect(value.exclusions).toEqual([
      { rule: 'a', checks: ['escaped_wildcard'] },
      { rule: 'b', checks: ['number_as_string', 'tag_format'] },
      { rule: 'a', checks: ['tag_format'] },
    ]);
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning lint/duplicate-key']);
  });

  it('takes parameters', () => {
    const { value } = read(
      'validators: [filename_length]\nconfig:\n    filename_length: {max_size: 70}\n',
      file,
    );
    expect(value.checks.map(({ check, options }) => [check.id, options])).toEqual([
      ['filename_length', { max_size: 70 }],
    ]);
  });

  it('tells of a validator that does not exist', () => {
    expect(problems('validators: [all, -no_such]\n', file)[0]).toContain('1 lint/unknown-check');
  });
});

describe("rsigma's configuration", () => {
  it('is read as far as its names mean something here', () => {
    const { value, problems: found } = read(
      'disabled_rules: [wildcard_only_value, missing_gizmo]\nseverity_overrides: {any_of: hint, unknown_key: error}\nexclude: ["old/**"]\n',
      '.rsigma-lint.yml',
    );
    expect(found).toEqual([]);
    const ids = new Map(value.checks.map(({ check, severity }) => [check.id, severity]));
    expect([ids.has('lone_star'), ids.get('unknown_key'), ids.has('ads_missing_section')]).toEqual([
      false,
      'error',
      false,
    ]);
    expect(value.exclusions).toEqual([{ path: 'old/**' }]);
    expect(
      read('ads: {enforce_status: [test]}\n').value.checks.some(
        ({ check }) => check.id === 'ads_missing_section',
      ),
    ).toBe(true);
  });
});

describe('checks that say more', () => {
  it('take the place of those that say less', () => {
    const text = `${RULE().replace("'*'", 'a')}tags:\n    - attack.t1562.001\n    - attack.t9999\n`;
    const { findings } = lintFiles(text);
    expect(findings.map(({ code, at }) => [code, text.slice(at?.span?.from, at?.span?.to)])).toEqual([
      ['attack_revoked', 'attack.t1562.001'],
      ['attacktag', 'attack.t9999'],
    ]);
  });
});
