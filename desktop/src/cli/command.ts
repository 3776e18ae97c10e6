import type { ParseArgsConfig } from 'node:util';
import type { Terminal } from './terminal.ts';

/**
 * 0 fine · 1 findings (or failed checks) · 2 usage · 3 bad input · 4 internal · 130 stopped by the person.
 * `verify` has those of its own specification.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** Why a command is stopped when whoever read its output has gone (`| head`): no error, and nothing to say. */
export const READER_GONE = 'the reader of the output has gone';

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in the help: `FILE`. */
  readonly value?: string;
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

export interface Input {
  readonly positionals: readonly string[];
  text(option: string): string | undefined;
  all(option: string): readonly string[];
  on(option: string): boolean;
}

/** One command of `dbwitness`. Adding one = one file here and one line in `index.ts`. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Positional arguments as the help shows them: `CASE FILE…`. */
  readonly usage: string;
  /** Least and most positional arguments. */
  readonly arity: readonly [number, number];
  readonly options: Options;
  readonly examples: readonly string[];
  run(input: Input, terminal: Terminal): Promise<ExitCode>;
}

/** Options that every command has. */
export const COMMON_OPTIONS: Options = {
  json: { type: 'boolean', help: 'print the result as JSON' },
  help: { type: 'boolean', short: 'h', help: 'print this help' },
};

/** Wrong words on the command line: exit code 2, with the sentence and a pointer to the help. */
export class UsageError extends Error {}

export function parseConfig(command: Command): NonNullable<ParseArgsConfig['options']> {
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, option] of Object.entries({ ...command.options, ...COMMON_OPTIONS })) {
    config[name] = {
      type: option.type,
      ...(option.short === undefined ? {} : { short: option.short }),
      ...(option.multiple === undefined ? {} : { multiple: option.multiple }),
    };
  }
  return config;
}
