import { COMMON_OPTIONS, type Command, type Options } from './command.ts';

/** The overview that `dbwitness --help` prints. */
export function overview(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    `DB Witness ${version}`.trimEnd(),
    'Who touched sensitive data, who used privileged access, and can that evidence still be trusted.',
    '',
    'Usage: dbwitness COMMAND [ARGUMENT…] [OPTION…]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'dbwitness COMMAND --help says more of each. Results go to stdout, progress and notes to stderr.',
    'Exit codes: 0 fine, 1 findings or failed checks, 2 usage, 3 bad input, 4 internal error, 130 stopped.',
  ].join('\n');
}

/** The page that `dbwitness COMMAND --help` prints. */
export function page(command: Command): string {
  return [
    `dbwitness ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    '',
    'Options',
    ...optionLines({ ...command.options, ...COMMON_OPTIONS }),
    ...(command.examples.length === 0
      ? []
      : ['', 'Examples', ...command.examples.map((example) => `  ${example}`)]),
  ].join('\n');
}

function optionLines(options: Options): string[] {
  const names = Object.entries(options).map(([name, option]) => {
    const short = option.short === undefined ? '' : `-${option.short}, `;
    return [`${short}--${name}${option.value === undefined ? '' : ` ${option.value}`}`, option.help] as const;
  });
  const width = Math.max(...names.map(([name]) => name.length));
  return names.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`);
}
