import { CHECKS } from '@dbwitness/shared/sigma/lint/checks/index.ts';
import { OTHER_NAMES } from '@dbwitness/shared/sigma/lint/other-names.ts';
import { checksOf, PROFILE_NAMES, PROFILES } from '@dbwitness/shared/sigma/lint/profiles.ts';

/** What each profile runs, and what other tools call the checks. */
export function lintProfilesPage(made: string): string {
  const sets = PROFILE_NAMES.map((name) => new Set(checksOf(name).map(({ check }) => check.id)));
  const left = CHECKS.filter(({ id }) => !sets.every((set) => set.has(id)));
  return `${[
    '# Profiles of the linter',
    made,
    table(
      ['profile', 'checks', 'what'],
      PROFILE_NAMES.map((name, i) => [`\`${name}\``, String(sets[i]?.size ?? 0), PROFILES[name].about]),
    ),
    `Problems of reading a rule (\`sigma/…\`) are reported in every profile. ${CHECKS.length - left.length} checks are in all of them; the others:`,
    table(
      ['check', ...PROFILE_NAMES],
      left.map(({ id }) => [`[${id}](lint.md#${id})`, ...sets.map((set) => (set.has(id) ? 'on' : ''))]),
    ),
    '## Other names',
    'What other tools call the same; suppressions and configurations may use these names. `sigma/…` is a [problem of reading](problems.md#rules).',
    table(
      ['other name', 'here'],
      Object.entries(OTHER_NAMES).map(([other, own]) => [`\`${other}\``, `\`${own}\``]),
    ),
    'Not taken over: `all_with_re` of rsigma, whose fix turns AND into OR; `ATK003`, `ATK004`, `FP003` and `RED001` of sigmalint, which guess, and mark every second public rule; `schema_violation`, because the published schemas say less than the specification; checks of tests inside rules, which `dbwitness test` reads. A check whether an audit policy logs what a rule looks for needs the policy in the workspace and is not here yet.',
  ].join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
