import { existsSync, statSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { casesAttachEstate, casesCreate, type NewCase } from '../../host/cases.ts';
import {
  type Exhibit,
  evidenceImport,
  evidenceRanges,
  type ImportItem,
  type ImportOutcome,
} from '../../host/evidence.ts';
import { RequestFailure } from '../../host/rpc.ts';
import { type Command, type Input, UsageError } from '../command.ts';
import { named } from '../file-names.ts';
import { CASE_OPTIONS, openCase, openEngine, withIdentity } from '../open-engine.ts';
import { existingPath, wholeNumber } from '../option-values.ts';
import { READING_OPTIONS, readingWishes } from '../reading-options.ts';
import { bytes, type Terminal, table } from '../terminal.ts';

/** No clock is wrong by more than a hundred years. */
const MAX_OFFSET_MS = 100 * 366 * 86_400_000;
const SHOWN_RANGES = 5;

export const importCommand: Command = {
  name: 'import',
  summary: 'Take log files into a case: hash, keep, read and store them. Makes the case where there is none.',
  usage: 'CASE FILE…',
  arity: [2, Number.POSITIVE_INFINITY],
  options: {
    ...READING_OPTIONS,
    offset: {
      type: 'string',
      value: 'MS',
      help: 'clock offset of the source in milliseconds, added to its times',
    },
    source: {
      type: 'string',
      value: 'NAME',
      help: 'name of the audit trail that the files belong to (default: after their folder and server)',
    },
    estate: {
      type: 'string',
      value: 'FILE',
      help: 'estate file to attach: sensitive objects, accounts, hours',
    },
    purpose: { type: 'string', value: 'TEXT', help: 'purpose of a new case' },
    authority: { type: 'string', value: 'TEXT', help: 'authority under which a new case is made' },
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness import cases/incident-7 evidence/db1/*.csv',
    'dbwitness import cases/incident-7 server_audit.log --timezone Europe/Berlin --offset -1500',
  ],
  async run(input, terminal) {
    const [folder = '', ...files] = input.positionals;
    const reading = readingOf(input);
    const estate = existingPath(input, 'estate');
    checkFolder(folder);
    for (const file of files) await checkThere(file);
    const engine = await openEngine(input, folder);
    try {
      if (existsSync(join(folder, 'case.json'))) {
        await openCase(engine, folder);
        await withIdentity(engine, input, terminal);
      } else {
        await withIdentity(engine, input, terminal);
        await engine.request(casesCreate, newCase(folder, input));
      }
      if (estate !== undefined) await engine.request(casesAttachEstate, { file: engine.files.add(estate) });
      const items = named(files).map(({ path, name }) => ({
        file: engine.files.add(path, name),
        ...reading,
      }));
      const outcomes = await engine.request(
        evidenceImport,
        { items },
        { signal: terminal.signal, onProgress: terminal.progress },
      );
      terminal.value(outcomes);
      await show(engine, outcomes, terminal);
      const failed = outcomes.filter(
        (outcome) => outcome.error !== undefined && outcome.error.code !== 'intake/already-imported',
      );
      return failed.length > 0 ? 3 : 0;
    } finally {
      await engine.close();
    }
  },
};

/** A case is made in the very folder that is named, so that the next import finds it there. */
function newCase(folder: string, input: Input): NewCase {
  const name = basename(resolve(folder));
  return {
    name,
    folder: name,
    purpose: input.text('purpose') ?? '',
    authority: input.text('authority') ?? '',
    requester: '',
    classification: '',
    place: '',
    examiner: '',
  };
}

function checkFolder(folder: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new UsageError(`${folder} is a file; a case is a folder.`);
}

/** Before a case is made: a mistyped name must leave nothing behind. */
async function checkThere(file: string): Promise<void> {
  try {
    await lstat(file);
  } catch {
    throw new RequestFailure({
      code: 'intake/missing',
      message: `${file} is not there. Nothing was imported.`,
      next: 'Check the name and whether the disk is mounted.',
    });
  }
}

function readingOf(input: Input): Omit<ImportItem, 'file'> {
  const source = input.text('source');
  const offsetMs = wholeNumber(input, 'offset', { least: -MAX_OFFSET_MS, most: MAX_OFFSET_MS });
  return {
    ...readingWishes(input),
    ...(source === undefined ? {} : { source }),
    ...(offsetMs === undefined ? {} : { offsetMs }),
  };
}

async function show(engine: Engine, outcomes: readonly ImportOutcome[], terminal: Terminal): Promise<void> {
  if (terminal.json) return;
  const exhibits = outcomes.flatMap((outcome) => outcome.exhibits);
  if (exhibits.length > 0) {
    terminal.line(
      table([['exhibit', 'file', 'format', 'bytes', 'records', 'not read'], ...exhibits.map(row)], 'lllrrr'),
    );
  }
  for (const exhibit of exhibits) {
    for (const { severity, message, line } of exhibit.problems.slice(0, 20)) {
      terminal.line(`${exhibit.id} ${severity}: ${message}${line === undefined ? '' : ` (line ${line})`}`);
    }
    await showUnread(engine, exhibit, terminal);
  }
  for (const { name, error } of outcomes) {
    if (error !== undefined)
      terminal.note([`${name}: ${error.message} (${error.code})`, error.next].filter(Boolean).join('\n  '));
  }
}

/** The first ranges of an exhibit that could not be read; the workbench and `--account` of `parse` list all. */
async function showUnread(engine: Engine, exhibit: Exhibit, terminal: Terminal): Promise<void> {
  const count = exhibit.ranges.reduce((sum, { kind, ranges }) => sum + (kind === 'rejected' ? ranges : 0), 0);
  if (count === 0) return;
  const ranges = await engine.request(evidenceRanges, { exhibit: exhibit.id, offset: 0, limit: 1000 });
  const rejected = ranges.filter(({ kind }) => kind === 'rejected').slice(0, SHOWN_RANGES);
  for (const { from, to, line, message } of rejected)
    terminal.line(
      `${exhibit.id} ${exhibit.name}: bytes ${from} to ${to}, line ${line}, not read: ${message}`,
    );
  if (count > rejected.length)
    terminal.line(`${exhibit.id}: ${count - rejected.length} more ranges were not read.`);
}

function row(exhibit: Exhibit): readonly string[] {
  const rejected = exhibit.ranges
    .filter((range) => range.kind === 'rejected')
    .reduce((sum, range) => sum + range.bytes, 0);
  return [
    exhibit.id,
    exhibit.name,
    exhibit.format ?? '–',
    bytes(exhibit.bytes),
    String(exhibit.records),
    bytes(rejected),
  ];
}
