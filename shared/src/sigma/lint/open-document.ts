import { type Entry, entry, type YamlScalar, type YamlValue } from '../../text/yaml-value.ts';
import type { ReadDocument } from '../load-rules.ts';
import type { LintDocument, LintItem, LintText } from './lint-document.ts';

/** Keys of a detection or filter section that are no searches. */
const NO_SEARCH = new Set(['condition', 'timeframe']);

/** What checks see of a document that `loadRules` read. */
export function openDocument(read: ReadDocument): LintDocument {
  return new OpenDocument(read);
}

/** A class, because thousands are made: methods are shared where closures would be made for each. */
class OpenDocument implements LintDocument {
  readonly file: string;
  readonly text: string;
  readonly root: ReadDocument['root'];
  readonly kind: LintDocument['kind'];
  readonly rule: ReadDocument['rule'];
  readonly searches: readonly Entry[];
  readonly items: readonly LintItem[];
  readonly tags: readonly LintText[];
  readonly conditions: readonly LintText[];
  readonly #top = new Map<string, Entry>();

  constructor({ file, text, root, rule }: ReadDocument) {
    this.file = file;
    this.text = text;
    this.root = root;
    this.rule = rule;
    this.kind = rule.kind;
    for (const found of root.entries) if (!this.#top.has(found.key)) this.#top.set(found.key, found);
    const section = rule.kind === 'correlation' ? undefined : this.entry(rule.kind)?.value;
    this.searches =
      section?.kind === 'map'
        ? section.entries.filter(
            ({ key }) => !NO_SEARCH.has(key) && !(key === 'rules' && rule.kind === 'filter'),
          )
        : [];
    this.items = this.searches.flatMap(itemsOf);
    this.tags = this.textsOf('tags');
    this.conditions = textsIn(entry(section, 'condition')?.value);
  }

  entry(key: string): Entry | undefined {
    return this.#top.get(key);
  }

  entryBelow(section: string, key: string): Entry | undefined {
    return entry(this.#top.get(section)?.value, key);
  }

  textOf(key: string): LintText | undefined {
    const value = this.#top.get(key)?.value;
    return value === undefined ? undefined : asText(value);
  }

  textsOf(key: string): readonly LintText[] {
    return textsIn(this.#top.get(key)?.value);
  }
}

function asText(value: YamlValue): LintText | undefined {
  if (value.kind !== 'scalar' || value.value === null) return undefined;
  return { text: typeof value.value === 'string' ? value.value : value.source, span: value.span };
}

function textsIn(value: YamlValue | undefined): readonly LintText[] {
  if (value === undefined) return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.map(asText).filter((text) => text !== undefined);
}

/** The items of a search: of a map its entries, of a list those of its maps and, as one item, its keywords. */
function itemsOf(search: Entry): readonly LintItem[] {
  const { value } = search;
  if (value.kind === 'map') return value.entries.map((found) => fieldItem(search, found));
  const parts = value.kind === 'list' ? value.items : [value];
  const words = parts.filter((part) => part.kind === 'scalar');
  const items = parts.flatMap((part) =>
    part.kind === 'map' ? part.entries.map((found) => fieldItem(search, found)) : [],
  );
  const first = words[0];
  const last = words.at(-1);
  if (first !== undefined && last !== undefined && (value.kind === 'list' || first.value !== null)) {
    const span = { from: first.span.from, to: last.span.to };
    items.push({
      search: search.key,
      searchSpan: search.keySpan,
      field: undefined,
      modifiers: [],
      keySpan: search.keySpan,
      values: words,
      list: value.kind === 'list',
      span,
    });
    items.sort((a, b) => a.span.from - b.span.from);
  }
  return items;
}

function fieldItem(search: Entry, { key, keySpan, value }: Entry): LintItem {
  const [field = '', ...modifiers] = key.split('|');
  const values: readonly YamlScalar[] =
    value.kind === 'scalar'
      ? [value]
      : value.kind === 'list'
        ? value.items.filter((item) => item.kind === 'scalar')
        : [];
  return {
    search: search.key,
    searchSpan: search.keySpan,
    field: field === '' ? undefined : field,
    modifiers,
    keySpan,
    values,
    list: value.kind === 'list',
    span: { from: keySpan.from, to: Math.max(keySpan.to, value.span.to) },
  };
}
