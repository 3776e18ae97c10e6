import { cpus, totalmem } from 'node:os';

/** One line of the table: what was measured, what it had to reach, and whether it did. */
export interface Result {
  readonly name: string;
  readonly value: string;
  readonly bar: string;
  readonly met: boolean;
  /** The figures behind it, for the JSON. */
  readonly figures: Readonly<Record<string, number>>;
}

/** The machine, in a line: figures mean little without it. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}

/** The results as a Markdown table, as the README carries it. */
export function table(results: readonly Result[]): string {
  return [
    '| measured | result | bar | met |',
    '|---|---|---|---|',
    ...results.map(
      ({ name, value, bar, met }) => `| ${name} | ${value} | ${bar} | ${met ? 'yes' : '**no**'} |`,
    ),
  ].join('\n');
}
