import type { Parsed } from '../text/problem.ts';
import { YamlSource } from '../text/yaml-source.ts';
import { type Entry, entry, type YamlValue } from '../text/yaml-value.ts';
import type { Estate, SensitiveObject, WorkingHours } from './estate.ts';
import { inNetwork, parseNetwork } from './network.ts';
import { ESTATE_PROBLEMS } from './problem-table.ts';

const CODES = { syntax: 'estate/yaml', duplicate: 'estate/duplicate-key', size: 'estate/too-large' } as const;

/** What counts where an estate file says nothing. */
export const DEFAULT_ESTATE: Estate = {
  zone: 'UTC',
  sensitive: [],
  privileged_users: [],
  shared_accounts: [],
  service_accounts: [],
  access_paths: [],
  bulk_rows: 10_000,
  long_statement: 4096,
};

const LISTS = ['privileged_users', 'shared_accounts', 'service_accounts', 'access_paths'] as const;
const KEYS = new Set<string>([...Object.keys(DEFAULT_ESTATE), 'hours', 'placeholders']);

type Source = YamlSource<typeof ESTATE_PROBLEMS>;

/** Reads an estate file (estate.yml). Never throws; what cannot be used is a problem with its line, and left out. */
export function parseEstate(text: string, file = 'estate.yml'): Parsed<Estate> {
  const source: Source = new YamlSource(file, text, ESTATE_PROBLEMS);
  const [document, second] = source.documents(CODES);
  if (second !== undefined || (document !== undefined && document.kind !== 'map')) {
    source.report('estate/not-a-map', {}, (second ?? document)?.span ?? { from: 0, to: 0 });
  }
  if (document?.kind !== 'map') return { value: DEFAULT_ESTATE, problems: source.problems };
  for (const { key, keySpan } of document.entries)
    if (!KEYS.has(key)) source.report('estate/unknown-key', { key }, keySpan);
  const lists = Object.fromEntries(LISTS.map((key) => [key, readTexts(entry(document, key), source)]));
  const hours = readHours(entry(document, 'hours'), source);
  const placeholders = readPlaceholders(entry(document, 'placeholders'), source);
  const value: Estate = {
    ...DEFAULT_ESTATE,
    ...lists,
    zone: readZone(entry(document, 'zone'), source),
    sensitive: readSensitive(entry(document, 'sensitive'), source),
    access_paths: readRanges(entry(document, 'access_paths'), source),
    bulk_rows: readCount(entry(document, 'bulk_rows'), DEFAULT_ESTATE.bulk_rows, source),
    long_statement: readCount(entry(document, 'long_statement'), DEFAULT_ESTATE.long_statement, source),
    ...(hours === undefined ? {} : { hours }),
    ...(placeholders === undefined ? {} : { placeholders }),
  };
  return { value, problems: source.problems };
}

/** Whether `address` comes from one of the estate's access paths. */
export function isOnAccessPath(estate: Estate, address: string): boolean {
  return estate.access_paths.some((range) => {
    const network = parseNetwork(range);
    return network !== undefined && inNetwork(address, network);
  });
}

function readZone(found: Entry | undefined, source: Source): string {
  if (found === undefined) return DEFAULT_ESTATE.zone;
  const zone = textOf(found.value) ?? '';
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    // The one way to ask ECMAScript whether it knows a zone.
    source.report('estate/zone', { value: zone }, found.value.span);
    return DEFAULT_ESTATE.zone;
  }
}

function readHours(found: Entry | undefined, source: Source): WorkingHours | undefined {
  if (found === undefined) return undefined;
  const wrong = (what: string) => {
    source.report('estate/hours', { what }, found.value.span);
    return undefined;
  };
  const days = entry(found.value, 'days')?.value;
  const numbers =
    days?.kind === 'list' ? days.items.map((day) => (day.kind === 'scalar' ? Number(day.value) : 0)) : [];
  if (numbers.length === 0 || numbers.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) {
    return wrong('days: a list of 1 (Monday) to 7 (Sunday)');
  }
  const times = (['from', 'to'] as const).map((key) => textOf(entry(found.value, key)?.value) ?? '');
  if (times.some((time) => !/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time)))
    return wrong('from and to as HH:MM');
  const [from = '', to = ''] = times;
  if (from === to) return wrong('from and to that differ');
  return { days: numbers, from, to };
}

function readPlaceholders(
  found: Entry | undefined,
  source: Source,
): Readonly<Record<string, readonly string[]>> | undefined {
  if (found === undefined) return undefined;
  if (found.value.kind !== 'map') {
    source.report('estate/placeholders', {}, found.value.span);
    return undefined;
  }
  return Object.fromEntries(found.value.entries.map((list) => [list.key, readTexts(list, source)]));
}

function readSensitive(found: Entry | undefined, source: Source): readonly SensitiveObject[] {
  if (found === undefined) return [];
  const items = found.value.kind === 'list' ? found.value.items : [found.value];
  return items.flatMap((item): SensitiveObject[] => {
    const object = item.kind === 'map' ? textOf(entry(item, 'object')?.value) : textOf(item);
    if (object === undefined || object === '') {
      source.report('estate/sensitive', {}, item.span);
      return [];
    }
    const columns = entry(item, 'columns');
    // Names are compared with the objects of statements, which are folded to lower case.
    const name = object.toLowerCase();
    if (columns === undefined) return [{ object: name }];
    return [{ object: name, columns: readTexts(columns, source).map((column) => column.toLowerCase()) }];
  });
}

function readRanges(found: Entry | undefined, source: Source): readonly string[] {
  return readTexts(found, source).filter((value) => {
    const network = parseNetwork(value);
    const usable = network !== undefined && !network.hostBits;
    if (!usable && found !== undefined) source.report('estate/address-range', { value }, found.value.span);
    return usable;
  });
}

function readCount(found: Entry | undefined, fallback: number, source: Source): number {
  if (found === undefined) return fallback;
  const value =
    found.value.kind === 'scalar' && typeof found.value.value === 'bigint' ? Number(found.value.value) : 0;
  if (Number.isSafeInteger(value) && value > 0) return value;
  source.report('estate/number', { key: found.key, value: textOf(found.value) ?? '' }, found.value.span);
  return fallback;
}

function readTexts(found: Entry | undefined, source: Source): readonly string[] {
  if (found === undefined || (found.value.kind === 'scalar' && found.value.value === null)) return [];
  const items = found.value.kind === 'list' ? found.value.items : [found.value];
  const texts = items.map(textOf);
  if (texts.includes(undefined)) source.report('estate/text-list', { key: found.key }, found.keySpan);
  return texts.filter((text) => text !== undefined);
}

function textOf(value: YamlValue | undefined): string | undefined {
  if (value?.kind !== 'scalar' || value.value === null) return undefined;
  return typeof value.value === 'string' ? value.value : value.source;
}
