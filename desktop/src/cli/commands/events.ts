import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { OpenedCase } from '../../engine/context.ts';
import { exportParquet, exportText, type TextExport } from '../../engine/query/export-events.ts';
import type { Filter } from '../../host/filter.ts';
import { type Command, UsageError } from '../command.ts';
import { refuseExisting, writeNewFile } from '../new-file.ts';
import { CASE_OPTIONS, openCase, openEngine } from '../open-engine.ts';
import { oneOf } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';
import { filterFrom, WHERE_OPTIONS } from '../where.ts';

const CSV_NOTE =
  'CSV is for people: cells that a spreadsheet would take for a formula begin with an added apostrophe. The exact values stand in --format jsonl and parquet.';

type Write = (piece: string | Uint8Array) => Promise<void>;

export const eventsCommand: Command = {
  name: 'events',
  summary: 'Print the events of a case in time order, all or those that meet a filter.',
  usage: 'CASE',
  arity: [1, 1],
  options: {
    format: {
      type: 'string',
      value: 'FORM',
      help: 'jsonl (default: one event a line, exact), csv (for spreadsheets) or parquet',
    },
    out: { type: 'string', value: 'FILE', help: 'write a new file instead of stdout' },
    ...WHERE_OPTIONS,
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness events cases/incident-7 --where user=dba --where class=audit_change',
    'dbwitness events cases/incident-7 --where flags=bulk_read --from 2026-11-16T18:00:00Z --format csv --out reads.csv',
    'dbwitness events cases/incident-7 --format parquet --out events.parquet',
  ],
  async run(input, terminal) {
    const [folder = ''] = input.positionals;
    const form = oneOf(input, 'format', ['jsonl', 'csv', 'parquet']) ?? 'jsonl';
    const out = input.text('out');
    const filter = filterFrom(input);
    if (out !== undefined) await refuseExisting(out);
    else if (form === 'parquet' && terminal.outIsTerminal)
      throw new UsageError('parquet is not for a terminal: name a file with --out.');
    const engine = await openEngine(input, folder);
    try {
      await openCase(engine, folder);
      const opened = engine.context.open();
      const give = (write: Write) =>
        form === 'parquet'
          ? giveParquet(opened, filter, write, terminal)
          : giveText(opened, filter, form, write, terminal);
      if (out === undefined) await give((piece) => terminal.write(piece));
      else {
        let events = 0;
        await writeNewFile(out, async (file) => {
          events = await give((piece) => file.appendFile(piece));
        });
        terminal.value({ out, format: form, events });
        terminal.line(`${events} events written to ${out}.`);
      }
      if (form === 'csv') terminal.note(CSV_NOTE);
      return 0;
    } finally {
      await engine.close();
    }
  },
};

async function giveText(
  opened: OpenedCase,
  filter: Filter,
  form: TextExport,
  write: Write,
  { signal }: Terminal,
): Promise<number> {
  let count = 0;
  for await (const { text, events } of exportText(opened, filter, form, signal)) {
    signal.throwIfAborted();
    await write(text);
    count += events;
  }
  return count;
}

async function giveParquet(
  opened: OpenedCase,
  filter: Filter,
  write: Write,
  { signal }: Terminal,
): Promise<number> {
  const { path, events } = await exportParquet(opened, filter, signal);
  try {
    for await (const chunk of createReadStream(path)) await write(chunk as Buffer);
  } finally {
    await rm(path, { force: true });
  }
  return events;
}
