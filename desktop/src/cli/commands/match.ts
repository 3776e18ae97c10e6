import { createReadStream, existsSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { DocumentEvent } from '@dbwitness/shared/sigma/documents/document.ts';
import type { EventMatch, EventRun } from '@dbwitness/shared/sigma/documents/event-run.ts';
import { TIME_FIELDS, timeReader } from '@dbwitness/shared/sigma/documents/event-time.ts';
import { type BrokenEvent, readEvents } from '@dbwitness/shared/sigma/documents/read-events.ts';
import { runOnEvents } from '@dbwitness/shared/sigma/documents/run-on-events.ts';
import type { Rule, RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import { TABLE_ENGINES } from '../../engine/documents/index.ts';
import { unreadable } from '../../engine/source-file.ts';
import { type Command, UsageError } from '../command.ts';
import { ESTATE_OPTION, estateOption } from '../estate-option.ts';
import { oneOf, zoneOption } from '../option-values.ts';
import { outcomeLines } from '../outcome-lines.ts';
import { MAPPING_OPTION, readRuleSet } from '../rule-set.ts';
import { iso, type Terminal } from '../terminal.ts';

const ENGINES = TABLE_ENGINES.map(({ id }) => id);
/** Matches of a rule that are shown as text; JSON has all. */
const MOST_SHOWN = 20;
/** Broken lines that are told one by one as text; JSON has all. */
const MOST_TOLD = 20;

export const matchCommand: Command = {
  name: 'match',
  summary: 'Run Sigma rules over any JSON events. Exit code 1 when a rule matches.',
  usage: '[PATH…]',
  arity: [0, Number.POSITIVE_INFINITY],
  options: {
    rules: {
      type: 'string',
      multiple: true,
      value: 'PATH',
      help: 'rule file or folder; more may follow, as from rules/*.yml',
    },
    events: {
      type: 'string',
      value: 'FILE',
      help: 'events: an object of JSON a line, or one JSON array; - is what is piped in',
    },
    engine: { type: 'string', value: 'NAME', help: `${ENGINES.join(' or ')} (default: ${ENGINES[0]})` },
    'time-field': {
      type: 'string',
      value: 'FIELD',
      help: `field with the time of the event (default: the first that can be read of ${TIME_FIELDS.join(', ')}); ISO 8601, or a number of seconds, milli-, micro- or nanoseconds since 1970 by its magnitude`,
    },
    zone: {
      type: 'string',
      value: 'ZONE',
      help: 'zone of time parts such as hour (default: UTC) and of times without offset (default: such times are not used)',
    },
    hidden: { type: 'boolean', help: 'also tell which matches the filters of the set hide' },
    ...MAPPING_OPTION,
    ...ESTATE_OPTION,
    format: { type: 'string', value: 'FORMAT', help: 'text (default) or json' },
  },
  examples: [
    'dbwitness match --rules rules --events events.jsonl',
    'dbwitness match --rules logins.yml --events trail.json --engine sqlite --format json',
    'journalctl -o json | dbwitness match --rules rules --events - --time-field __REALTIME_TIMESTAMP',
  ],
  async run(input, terminal) {
    const path = input.text('events');
    const paths = [...input.all('rules'), ...input.positionals];
    if (path === undefined || paths.length === 0)
      throw new UsageError('both --rules PATH and --events FILE are needed.');
    const json = input.on('json') || oneOf(input, 'format', ['text', 'json']) === 'json';
    const kind = TABLE_ENGINES.find(({ id }) => id === (oneOf(input, 'engine', ENGINES) ?? ENGINES[0]));
    const zone = zoneOption(input, 'zone');
    const field = input.text('time-field');
    if (path !== '-' && !existsSync(path)) throw new UsageError(`there is no file ${path}.`);
    const file = path;
    const estate = await estateOption(input);
    const { rules, failed } = await readRuleSet(paths, terminal, input.all('mapping'));
    const lines: (number | undefined)[] = [];
    const broken: BrokenEvent[] = [];
    const read = timeReader({
      ...(field === undefined ? {} : { field }),
      ...(zone === undefined ? {} : { zone }),
    });
    async function* events(): AsyncGenerator<DocumentEvent> {
      const pieces = text(path === '-' ? terminal.input : createReadStream(file), file);
      for await (const { fields, line } of readEvents(pieces, (found) => broken.push(found))) {
        terminal.signal.throwIfAborted();
        lines.push(line);
        yield { fields, at: read(fields) };
      }
    }
    const engine = await kind?.open();
    if (engine === undefined) throw new UsageError('there is no such engine.');
    try {
      const found = await runOnEvents(rules, events(), engine, {
        signal: terminal.signal,
        ...(zone === undefined ? {} : { zone }),
        ...(estate === undefined ? {} : { estate }),
        ...(input.on('hidden') ? { showHidden: true } : {}),
        ...(field === undefined ? {} : { timeField: field }),
      });
      const matched = found.runs.some(({ total }) => total > 0);
      const report: Report = { ...found, rules, lines, broken };
      if (json) await terminal.write(`${JSON.stringify(asJson(report))}\n`);
      else asText(report, terminal);
      if (failed || (found.events === 0 && broken.length > 0)) return 3;
      if (matched) return 1;
      return found.runs.some(({ status }) => status === 'failed') ? 3 : 0;
    } finally {
      await engine.close();
    }
  },
};

interface Report {
  readonly rules: RuleSet;
  readonly runs: readonly EventRun[];
  readonly events: number;
  readonly withoutTime: number;
  /** The line of each event. */
  readonly lines: readonly (number | undefined)[];
  readonly broken: readonly BrokenEvent[];
}

async function* text(chunks: AsyncIterable<unknown>, name: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of chunks)
      yield typeof chunk === 'string' ? chunk : decoder.write(chunk as Buffer);
  } catch (error) {
    throw unreadable(name, error);
  }
  yield decoder.end();
}

/** Who wrote the rule goes with each of its matches: rules under DRL 1.1 oblige to that (SIGMA S6). */
function asJson({ rules, runs, events, withoutTime, lines, broken }: Report): unknown {
  const byKey = new Map(rules.rules.map((rule) => [rule.key, rule]));
  return {
    events,
    withoutTime,
    broken: broken.map(({ place, message }) => ({ ...place, message })),
    rules: runs.map(({ rule, matches, ms: _, ...run }) => ({
      rule,
      ...headOf(byKey.get(rule)),
      ...run,
      matches: matches.map(({ first, last, fired_at, ...match }) => ({
        ...match,
        ...(lines[0] === undefined ? {} : { lines: match.events.map((event) => lines[event]) }),
        ...windowOf(byKey.get(rule), { first, last, fired_at }),
      })),
    })),
  };
}

function headOf(rule: Rule | undefined): object {
  if (rule === undefined) return {};
  const { id, author, level, status, references, file, kind } = rule;
  return { id, author, level, ruleStatus: status, references, file, kind };
}

function windowOf(
  rule: Rule | undefined,
  { first, last, fired_at }: Pick<EventMatch, 'first' | 'last' | 'fired_at'>,
): object {
  if (rule?.kind !== 'correlation') return first === 0 ? {} : { time: iso(first) };
  return { window: { first: iso(first), last: iso(last), firedAt: iso(fired_at) } };
}

function asText({ rules, runs, events, withoutTime, lines, broken }: Report, terminal: Terminal): void {
  for (const { place, message } of broken.slice(0, MOST_TOLD)) {
    const where = 'line' in place ? `line ${place.line}` : `member ${place.member}`;
    terminal.note(`${where} is left out: ${message}`);
  }
  if (broken.length > MOST_TOLD) terminal.note(`and ${broken.length - MOST_TOLD} more are left out`);
  const byKey = new Map(rules.rules.map((rule) => [rule.key, rule]));
  for (const { rule: key, title, total, matches } of runs) {
    if (total === 0) continue;
    const rule = byKey.get(key);
    const said = [rule?.level, rule?.id, rule?.author && `by ${rule.author}`, rule?.references[0]].filter(
      Boolean,
    );
    terminal.line(said.length === 0 ? title : `${title} (${said.join(', ')})`);
    for (const match of matches.slice(0, MOST_SHOWN)) terminal.line(`  ${matchLine(match, rule, lines)}`);
    if (total > MOST_SHOWN) terminal.line(`  and ${total - MOST_SHOWN} more`);
  }
  const left = broken.length === 0 ? '' : `, ${broken.length} left out`;
  const timeless = withoutTime === 0 ? '' : `, ${withoutTime} without a usable time`;
  terminal.line(`${events} ${events === 1 ? 'event' : 'events'}${left}${timeless}.`);
  for (const { title, hidden } of runs) {
    if (hidden === undefined) continue;
    const places = hidden.slice(0, MOST_SHOWN).map((event) => placeOf(event, lines));
    const more = hidden.length > MOST_SHOWN ? ` and ${hidden.length - MOST_SHOWN} more` : '';
    terminal.line(
      `${title}: filters hide ${hidden.length === 0 ? 'nothing' : `${places.join(', ')}${more}`}`,
    );
  }
  const outcomes = runs.map(({ matches: _, ...run }) => ({ ...run, matches: run.total }));
  const all = runs.reduce((sum, { total }) => sum + total, 0);
  for (const line of outcomeLines(outcomes, all, 'match')) terminal.line(line);
}

function matchLine(match: EventMatch, rule: Rule | undefined, lines: Report['lines']): string {
  const places = match.events.slice(0, 10).map((event) => placeOf(event, lines));
  const more = match.count > 10 ? ` and ${match.count - 10} more` : '';
  const shown = `${match.count === 1 ? 'event' : `${match.count} events:`} ${places.join(', ')}${more}`;
  if (rule?.kind !== 'correlation') return shown;
  const group = Object.entries(match.group ?? {}).map(([name, value]) => `${name} ${value}`);
  return `${[...group, `${iso(match.first)} to ${iso(match.last)}`].join(', ')}: ${shown}`;
}

function placeOf(event: number, lines: Report['lines']): string {
  return lines[event] === undefined ? `${event}` : `${event} (line ${lines[event]})`;
}
