import type { DocumentEvent } from '../sigma/documents/document.ts';
import { timeReader } from '../sigma/documents/event-time.ts';
import type { PgParser } from '../sql/facts.ts';
import type { ByteText } from '../text/bytes.ts';
import type { DatabaseEvents } from './database-event.ts';
import { type ReadRecords, readRecords } from './read-records.ts';
import type { RuleTest } from './rule-test.ts';

/** What tests need of the machine that they run on. */
export interface TestHost {
  readonly text: ByteText;
  /** The server's own grammar; without it statements are understood by their words. */
  readonly pgParser?: PgParser;
  /**
   * The file `path` as a test file names it, of a folder its files; undefined where there is none. `upwards`: the path may
   * begin in any folder above the test file. Throws an `Error` with a sentence where it cannot be read.
   */
  read(
    path: string,
    testFile: string,
    upwards: boolean,
  ): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[] | undefined>;
}

/** The events of a test. Windows of correlations are looked for in each slice apart: files of a corpus. */
export interface PreparedTest {
  readonly test: RuleTest;
  readonly slices: readonly (readonly DocumentEvent[])[];
  /** Why it cannot be run; there are no slices then. */
  readonly fault?: string;
}

/** How events of a test become those that rules are run on. */
export interface Preparation {
  readonly file: string;
  /** Microseconds since 1970 UTC. */
  readonly start: number;
  /** For rules about databases; others see the events as they are written. */
  readonly database: DatabaseEvents | undefined;
  readonly host: TestHost;
}

const readTime = timeReader();

export async function prepareTest(test: RuleTest, preparation: Preparation): Promise<PreparedTest> {
  try {
    const slices = await readInput(test, preparation);
    if (typeof slices === 'string') return { test, slices: [], fault: slices };
    const { database } = preparation;
    if (database === undefined) return { test, slices };
    const complete = ({ fields, at }: DocumentEvent) => ({ fields: database.complete(fields, at), at });
    return { test, slices: slices.map((slice) => slice.map(complete)) };
  } catch (error) {
    return { test, slices: [], fault: error instanceof Error ? error.message : String(error) };
  }
}

async function readInput(
  { input, reading }: RuleTest,
  { file, start, database, host }: Preparation,
): Promise<PreparedTest['slices'] | string> {
  const options = { ...reading, text: host.text, start, isDatabase: database !== undefined };
  switch (input.kind) {
    case 'events':
      return [
        input.events.map(({ offset, fields }) => {
          // That it has no time at all can be said too.
          const own = fields.time === null ? undefined : (readTime(fields) ?? start);
          return { fields, at: offset === undefined ? own : start + offset };
        }),
      ];
    case 'raw': {
      const { events, unread } = await readRecords(host.text.encode(input.text), file, options);
      if (unread.length > 0) return `its raw text is not all log records: ${unread.join('; ')}`;
      return events.length === 0 ? 'its raw text holds no log record' : [events];
    }
    default: {
      const files = await host.read(input.path, file, input.upwards);
      if (files === undefined) return `there is no file ${input.path}`;
      const read: ReadRecords[] = [];
      for (const { name, bytes } of files) read.push(await readRecords(bytes, name, options));
      if (read.every(({ events }) => events.length === 0))
        return `${input.path} holds no event${read[0]?.unread.map((why) => `: ${why}`)[0] ?? ''}`;
      return read.map(({ events }) => events);
    }
  }
}
