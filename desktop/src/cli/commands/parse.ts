import { eventJson, type ParsedEvent } from '@dbwitness/shared/events/event-json.ts';
import { type FileAccount, parseFile, parseStream, type TakeEvent } from '../../engine/import/parse-file.ts';
import { findFiles } from '../../engine/import/walk.ts';
import type { HostError } from '../../host/request.ts';
import type { Command } from '../command.ts';
import { errorLines } from '../error-lines.ts';
import { READING_OPTIONS, readingWishes } from '../reading-options.ts';
import { bytes, type Terminal } from '../terminal.ts';

/** Characters of events that are written at once. */
const WRITE_SIZE = 1 << 16;

export const parseCommand: Command = {
  name: 'parse',
  summary:
    'Read log files without a case: one event a line as JSON, or with --account what became of every byte.',
  usage: 'FILE…',
  arity: [1, Number.POSITIVE_INFINITY],
  options: {
    ...READING_OPTIONS,
    account: {
      type: 'boolean',
      help: 'print no events but, a line of JSON for each file, its format, records and unreadable ranges',
    },
  },
  examples: [
    'dbwitness parse postgresql.csv | head',
    'dbwitness parse evidence/db1 server_audit.log.gz --account',
    'ssh db1 cat /var/log/mysql/server_audit.log | dbwitness parse - --timezone Europe/Berlin',
  ],
  async run(input, terminal) {
    const wishes = readingWishes(input);
    const account = input.on('account');
    const output = eventLines(terminal);
    const take = account ? undefined : output.take;
    let failed = false;
    const tell = async (told: FileAccount) => {
      await output.flush();
      if (account) await terminal.write(`${JSON.stringify(told)}\n`);
      else for (const line of accountLines(told)) terminal.note(line);
      failed ||= told.error !== undefined;
    };
    for (const path of input.positionals) {
      if (path === '-') {
        await tell(await parseStream(stdinChunks(terminal), 'stdin', wishes, take, terminal.signal));
        continue;
      }
      for (const found of await findFiles(path, path)) {
        terminal.signal.throwIfAborted();
        await tell(
          'refused' in found
            ? refused(found.name, found.refused)
            : await parseFile(found.path, found.name, wishes, take, terminal.signal),
        );
      }
    }
    return failed ? 3 : 0;
  },
};

/** Events as lines, written in pieces; whoever reads slowly holds the reading back. */
function eventLines(terminal: Terminal): { readonly take: TakeEvent; flush(): Promise<void> } {
  let lines: string[] = [];
  let size = 0;
  const flush = async () => {
    if (size === 0) return;
    const text = lines.join('');
    lines = [];
    size = 0;
    await terminal.write(text);
  };
  const take = (event: ParsedEvent) => {
    const line = `${eventJson(event)}\n`;
    lines.push(line);
    size += line.length;
    return size < WRITE_SIZE ? undefined : flush();
  };
  return { take, flush };
}

/** What people should know beside the events: how the file was taken, and what of it is missing. */
function accountLines({ file, title, records, unreadable, problems, error }: FileAccount): readonly string[] {
  const lost = unreadable.reduce((sum, { from, to }) => sum + to - from, 0);
  const [first] = unreadable;
  return [
    `${file}: ${title ?? 'not recognised'}, ${records} events, ${bytes(lost)} not read`,
    ...(first === undefined || error !== undefined
      ? []
      : [`  first at byte ${first.from}, line ${first.line}: ${first.message} --account lists all.`]),
    ...problems.slice(0, 20).map(({ severity, message }) => `  ${severity}: ${message}`),
    ...(error === undefined ? [] : errorLines(error).map((line) => `  ${line}`)),
  ];
}

function refused(file: string, { code, message, next, at }: HostError): FileAccount {
  const error = {
    code,
    message,
    ...(next === undefined ? {} : { next }),
    ...(at === undefined ? {} : { at }),
  };
  return { file, bytes: 0, records: 0, recordBytes: 0, ignored: [], unreadable: [], problems: [], error };
}

async function* stdinChunks({ input }: Terminal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of input) yield new Uint8Array(Buffer.from(chunk));
}
