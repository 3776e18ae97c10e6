// The `dbwitness` command: finds the command, reads its options, runs it, and turns what happened into an exit code.
import { parseArgs } from 'node:util';
import { hostError } from '../host/rpc.ts';
import { VERSION } from '../product/version.ts';
import { type Command, type ExitCode, type Input, parseConfig, READER_GONE, UsageError } from './command.ts';
import { errorLines } from './error-lines.ts';
import { overview, page } from './help.ts';
import { COMMANDS } from './index.ts';
import { createTerminal, printable, type Streams } from './terminal.ts';

/** Runs one command line. Never throws: what went wrong is written to stderr and told by the exit code. */
export async function main(
  args: readonly string[],
  streams: Streams,
  signal: AbortSignal,
): Promise<ExitCode> {
  const [name, ...rest] = args;
  let say = (text: string): void => void streams.err.write(`${printable(text)}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    streams.out.write(`${overview(COMMANDS, VERSION)}\n`);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    streams.out.write(`${VERSION}\n`);
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    say(`dbwitness: there is no command “${name}”. dbwitness --help lists them.`);
    return 2;
  }
  try {
    const input = read(command, rest);
    if (input.on('help')) {
      streams.out.write(`${page(command)}\n`);
      return 0;
    }
    checkArity(command, input);
    const terminal = createTerminal(streams, input.on('json'), signal);
    // Clears the line of progress first.
    say = terminal.note;
    return await command.run(input, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      say(`dbwitness ${command.name}: ${error.message} See dbwitness ${command.name} --help.`);
      return 2;
    }
    if (signal.aborted) {
      if (signal.reason === READER_GONE) return 0;
      say('Stopped. What was reported done is kept; nothing is half-done.');
      return 130;
    }
    const told = hostError(error);
    const { code } = told;
    say(errorLines(told).join('\n'));
    if (code.startsWith('internal/') && error instanceof Error && error.stack !== undefined) say(error.stack);
    return code.startsWith('internal/') ? 4 : 3;
  }
}

function read(command: Command, args: readonly string[]): Input {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...args], options: parseConfig(command), allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}.`);
  }
  const { values, positionals } = parsed;
  return {
    positionals,
    text: (option) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    all: (option) => {
      const value = values[option];
      return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
    },
    on: (option) => values[option] === true,
  };
}

function checkArity(command: Command, input: Input): void {
  const [least, most] = command.arity;
  const { length } = input.positionals;
  if (length < least) throw new UsageError(`expected ${command.usage}.`);
  if (length > most) throw new UsageError(`too many arguments: ${input.positionals.slice(most).join(' ')}.`);
}
