import { type Entry, entry, type YamlValue } from '../../text/yaml-value.ts';
import { LEVELS, type RuleHead, STATUSES } from '../rule.ts';
import type { Reporter, SigmaSource } from './report.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads what every kind of document says of itself (SIGMA Y6, Y7, S5: unknown keys are legal). */
export function readHead(document: YamlValue, source: SigmaSource, reporter: Reporter): RuleHead {
  const text = (key: string): string | undefined => {
    const found = entry(document, key);
    if (found === undefined) return undefined;
    const value = textOf(found.value);
    if (value === undefined) reporter.report('sigma/text', found.keySpan, { key });
    return value;
  };
  const list = (key: string): readonly string[] => {
    const found = entry(document, key);
    return found === undefined ? [] : readTexts(found, reporter);
  };
  const oneOf = <T extends string>(key: 'status' | 'level', legal: readonly T[]): T | undefined => {
    const value = text(key);
    const known = legal.find((candidate) => candidate === value);
    if (value !== undefined && known === undefined)
      reporter.report(`sigma/${key}`, spanOf(document, key), { value });
    return known;
  };
  const date = (key: string): string | undefined => {
    const value = text(key);
    const [, year, month, day] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(value ?? '') ?? [];
    if (value === undefined) return undefined;
    if (
      year === undefined ||
      Number(month) < 1 ||
      Number(month) > 12 ||
      Number(day) < 1 ||
      Number(day) > 31
    ) {
      reporter.report('sigma/date', spanOf(document, key), { key, value });
      return undefined;
    }
    return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  };

  const title = text('title');
  if (title === undefined || title === '' || title.length > 256)
    reporter.report('sigma/title', spanOf(document, 'title'));
  const id = text('id');
  if (id !== undefined && !UUID.test(id)) reporter.report('sigma/id', spanOf(document, 'id'), { value: id });
  const name = text('name');
  const tags = list('tags');
  checkTags(document, reporter);
  checkRelated(document, reporter);
  const taxonomy = text('taxonomy');
  if (taxonomy !== undefined && taxonomy !== 'sigma')
    reporter.report('sigma/taxonomy', spanOf(document, 'taxonomy'), { value: taxonomy });

  return {
    key: id ?? name ?? title ?? `${source.file}:${source.place(document.span).line}`,
    file: source.file,
    text: source.text.slice(document.span.from, document.span.to),
    span: document.span,
    title: title ?? '(no title)',
    references: list('references'),
    tags,
    falsepositives: list('falsepositives'),
    faults: reporter.faults,
    ...defined({
      id,
      name,
      status: oneOf('status', STATUSES),
      level: oneOf('level', LEVELS),
      description: text('description'),
      author: text('author'),
      license: text('license'),
      taxonomy,
      date: date('date'),
      modified: date('modified'),
    }),
  };
}

/** Sigma's major version that a document is written for: 2 where it does not say (SIGMA S3). */
export function sigmaVersion(document: YamlValue): number {
  const found = entry(document, 'sigma-version');
  const [major] = /^\d+(?=$|\.)/.exec(found === undefined ? '' : (textOf(found.value) ?? '')) ?? [];
  return major === undefined ? 2 : Number(major);
}

function checkTags(document: YamlValue, reporter: Reporter): void {
  const tags = entry(document, 'tags')?.value;
  for (const tag of tags?.kind === 'list' ? tags.items : tags === undefined ? [] : [tags]) {
    const text = textOf(tag);
    if (text !== undefined && !/^[^.\s]+\.[^\s]+$/.test(text))
      reporter.report('sigma/tag', tag.span, { value: text });
  }
}

const RELATIONS = new Set(['derived', 'obsolete', 'merged', 'renamed', 'similar']);

function checkRelated(document: YamlValue, reporter: Reporter): void {
  const found = entry(document, 'related');
  if (found === undefined) return;
  const items = found.value.kind === 'list' ? found.value.items : [found.value];
  for (const item of items) {
    const [id, type] = ['id', 'type'].map((key) => {
      const value = entry(item, key)?.value;
      return value === undefined ? '' : (textOf(value) ?? '');
    });
    if (!UUID.test(id ?? '') || !RELATIONS.has(type ?? '')) reporter.report('sigma/related', item.span);
  }
}

/** A scalar as its text; what YAML types otherwise (a number as title) keeps its spelling. */
export function textOf(value: YamlValue): string | undefined {
  if (value.kind !== 'scalar' || value.value === null) return undefined;
  return typeof value.value === 'string' ? value.value : value.source;
}

/** A list of texts, or one text alone; anything else is reported and left out. */
export function readTexts(found: Entry, reporter: Reporter): readonly string[] {
  if (found.value.kind === 'scalar' && found.value.value === null) return [];
  const items = found.value.kind === 'list' ? found.value.items : [found.value];
  const texts = items.map(textOf);
  if (texts.includes(undefined)) reporter.report('sigma/text-list', found.keySpan, { key: found.key });
  return texts.filter((value) => value !== undefined);
}

/** Where `key` stands, or the start of the document. */
export function spanOf(document: YamlValue, key: string) {
  const found = entry(document, key);
  return found === undefined ? { from: document.span.from, to: document.span.from } : found.value.span;
}

/** The object without its undefined members, for optional properties. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
