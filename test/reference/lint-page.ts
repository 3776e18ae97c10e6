import type { Check, CheckOrigin, Example, InvalidExample } from '@dbwitness/shared/sigma/lint/check.ts';
import { CHECKS } from '@dbwitness/shared/sigma/lint/checks/index.ts';
import type { OptionValue } from '@dbwitness/shared/sigma/lint/option-value.ts';

const ORIGINS: Readonly<Record<CheckOrigin, string>> = {
  pysigma: 'pySigma',
  sigmahq: 'SigmaHQ',
  others: 'Other tools',
  own: 'Ours',
};

/** What `dbwitness lint` checks: first all checks by origin, then each with its examples. */
export function lintPage(made: string): string {
  const origins = Object.keys(ORIGINS) as readonly CheckOrigin[];
  return `${[
    '# Lint checks',
    made,
    `${CHECKS.length} checks; those of pySigma and SigmaHQ have their ids. A fix is safe when the rule means the same before and after; only safe fixes are made unasked. “Off” checks run where a profile or \`dbwitness.yml\` names them. What is wrong with a rule's text itself has [problem codes](problems.md).`,
    ...origins.flatMap((origin) => overview(origin)),
    ...[...CHECKS].sort((a, b) => (a.id < b.id ? -1 : 1)).map(section),
  ].join('\n\n')}\n`;
}

function overview(origin: CheckOrigin): readonly string[] {
  const rows = CHECKS.filter((check) => check.origin === origin).map(
    ({ id, severity, optIn, about }) =>
      `| [${id}](#${id}) | ${severity}${optIn === true ? ', off' : ''} | ${cell(about)} |`,
  );
  return [
    `## ${ORIGINS[origin]}`,
    ['| check | severity | finds that |', '|---|---|---|', ...rows].join('\n'),
  ];
}

function section({ id, origin, severity, optIn, about, help, options, examples }: Check): string {
  return [
    `### ${id}`,
    `*${severity}${optIn === true ? ', off' : ''}, ${ORIGINS[origin]}* — ${about}.`,
    help,
    ...(options === undefined ? [] : [Object.entries(options).map(option).join('\n')]),
    ...examples.invalid.map(invalid),
    ...examples.valid.map((example) => `Right:\n\n${shown(example)}`),
  ].join('\n\n');
}

function option([name, value]: readonly [string, OptionValue]): string {
  return `- \`${name}\`: ${typeof value === 'object' ? value.map((item) => `\`${item}\``).join(', ') : `\`${value}\``}`;
}

function invalid({ rule, marks, fixed }: InvalidExample): string {
  const found = marks.map((mark) => `\`${cut(mark.split('\n')[0] ?? '').replaceAll('`', "'")}\``).join(', ');
  const mended = fixed === undefined ? '' : `\n\nMended:\n\n${shown(fixed)}`;
  return `Wrong, at ${found}:\n\n${shown(rule)}${mended}`;
}

function shown(example: Example): string {
  if (typeof example === 'string') return fenced(example);
  return Object.entries(example)
    .map(([name, text]) => `\`${name}\`\n\n${fenced(text)}`)
    .join('\n\n');
}

function fenced(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd().split('\n').map(cut).join('\n')}\n\`\`\``;
}

/** Some examples are wrong by their length. */
function cut(line: string): string {
  return line.length > 200 ? `${line.slice(0, 60)}…` : line;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
