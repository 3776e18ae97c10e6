import type { ProblemTable } from '../../text/problem.ts';

/** What can be wrong with a configuration of the linter, or with a comment that suppresses findings. */
// biome-ignore format: one code a line reads as the table that it is
export const LINT_PROBLEMS = {
  'lint/yaml': { severity: 'error', message: 'This is not valid YAML: {detail}', help: 'The configuration is read as YAML 1.2.' },
  'lint/duplicate-key': { severity: 'warning', message: '“{key}” stands twice; the first is on line {line}. Keep one.', help: 'Of settings the first one counts; exclusions of both count.' },
  'lint/too-large': { severity: 'error', message: 'The file holds too many values.', help: 'More than 100 000 values come of aliases that multiply.' },
  'lint/not-a-configuration': { severity: 'error', message: 'This is no configuration: it has none of lint, knowledge, validators and disabled_rules.', help: 'dbwitness.yml has lint and knowledge; those of sigma-cli and rsigma are read too.' },
  'lint/unknown-key': { severity: 'error', message: '“{key}” is no key here: {known}.', help: 'A key that nobody reads would change nothing, silently.' },
  'lint/value': { severity: 'error', message: '“{key}” needs {what}.', help: 'See Linting in the guide for rule authors.' },
  'lint/unknown-profile': { severity: 'error', message: 'There is no profile {name}: dbwitness, sigmahq or strict.', help: 'The profile is the choice of checks from which the configuration starts.' },
  'lint/unknown-check': { severity: 'error', message: 'There is no check {name}.{nearest}', help: 'The reference lists every check by its id.' },
  'lint/unknown-option': { severity: 'error', message: 'The check {check} has no option {name}.{known}', help: 'The reference lists the options of each check with their defaults.' },
  'lint/knowledge': { severity: 'error', message: 'This is no {name} knowledge file: {detail}', help: 'Files in place of those that ship are made by scripts/knowledge.mjs and say what they are under “knowledge”.' },
  'lint/unknown-suppression': { severity: 'warning', message: 'There is no check {name}.{nearest}', help: 'The comment suppresses nothing.' },
  'lint/unused-suppression': { severity: 'info', message: 'This suppresses nothing.', help: 'The finding is gone, or the check was never meant; remove the comment, so that it does not hide what comes later.' },
} as const satisfies ProblemTable;

export type LintProblem = keyof typeof LINT_PROBLEMS;
