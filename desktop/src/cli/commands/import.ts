import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { casesAttachEstate, casesCreate } from '../../host/cases.ts';
import { type Exhibit, evidenceImport, type ImportItem, type ImportOutcome } from '../../host/evidence.ts';
import type { Command, Input } from '../command.ts';
import { UsageError } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine, withIdentity } from '../open-engine.ts';
import { bytes, type Terminal, table } from '../terminal.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'Take log files into a case: hash, keep, read and store them. Makes the case where there is none.',
  usage: 'CASE FILE…',
  arity: [2, Number.POSITIVE_INFINITY],
  options: {
    format: { type: 'string', value: 'ID', help: 'read every file as this format instead of recognising it' },
    timezone: {
      type: 'string',
      value: 'ZONE',
      help: 'zone of stamps that carry none: Europe/Berlin, +02:00, UTC',
    },
    offset: {
      type: 'string',
      value: 'MS',
      help: 'clock offset of the source in milliseconds, added to its times',
    },
    source: { type: 'string', value: 'NAME', help: 'name of the audit trail that the files belong to' },
    encoding: {
      type: 'string',
      value: 'ENC',
      help: 'latin1 or cp1252: encoding of records that are not UTF-8',
    },
    prefix: { type: 'string', value: 'TEXT', help: 'log_line_prefix of a PostgreSQL stderr log' },
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
    for (const file of files) {
      if (!existsSync(file)) throw new UsageError(`there is no file or folder ${file}.`);
    }
    const engine = await openEngine(input, folder);
    try {
      await withIdentity(engine, input, terminal);
      if (existsSync(join(resolve(folder), 'case.json'))) await openCase(engine, folder);
      else {
        await engine.request(casesCreate, {
          name: basename(resolve(folder)),
          purpose: input.text('purpose') ?? '',
          authority: input.text('authority') ?? '',
          requester: '',
          classification: '',
          place: '',
          examiner: '',
        });
      }
      const estate = input.text('estate');
      if (estate !== undefined)
        await engine.request(casesAttachEstate, { file: engine.files.add(resolve(estate)) });
      const outcomes = await engine.request(
        evidenceImport,
        { items: files.map((file) => ({ file: engine.files.add(resolve(file)), ...reading(input) })) },
        { signal: terminal.signal, onProgress: terminal.progress },
      );
      terminal.value(outcomes);
      show(outcomes, terminal);
      const failed = outcomes.filter(
        (outcome) => outcome.error !== undefined && outcome.error.code !== 'intake/already-imported',
      );
      return failed.length > 0 ? 3 : 0;
    } finally {
      await engine.close();
    }
  },
};

function reading(input: Input): Omit<ImportItem, 'file'> {
  const [format, zone, source, linePrefix] = ['format', 'timezone', 'source', 'prefix'].map((name) =>
    input.text(name),
  );
  const offset = input.text('offset');
  const encoding = input.text('encoding');
  if (offset !== undefined && !/^[+-]?\d+$/.test(offset))
    throw new UsageError(`--offset takes milliseconds, not “${offset}”.`);
  if (encoding !== undefined && encoding !== 'latin1' && encoding !== 'cp1252') {
    throw new UsageError(`--encoding takes latin1 or cp1252, not “${encoding}”.`);
  }
  return {
    ...(format === undefined ? {} : { format }),
    ...(zone === undefined ? {} : { zone }),
    ...(source === undefined ? {} : { source }),
    ...(linePrefix === undefined ? {} : { linePrefix }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(offset === undefined ? {} : { offsetMs: Number(offset) }),
  };
}

function show(outcomes: readonly ImportOutcome[], terminal: Terminal): void {
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
  }
  for (const { name, error } of outcomes) {
    if (error !== undefined)
      terminal.note([`${name}: ${error.message} (${error.code})`, error.next].filter(Boolean).join('\n  '));
  }
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
