import { withoutEntry, withoutItem } from '../../sigma/lint/text-edits.ts';
import { type Entry, entry, type YamlValue } from '../../text/yaml-value.ts';
import type { Mutant, Mutator } from './mutant.ts';
import { numberMutants } from './number-mutants.ts';

const NO_SEARCHES = new Set(['condition', 'timeframe', 'rules']);

/** What more values pass than the modifier itself. */
const WEAKER: Readonly<Record<string, string>> = { startswith: 'contains', endswith: 'contains' };

/** Changes of searches: whole ones, their items, modifiers and values. */
export const searchMutants: Mutator = function* ({ root, text }) {
  for (const key of ['detection', 'filter']) {
    const section = entry(root, key)?.value;
    for (const search of section?.kind === 'map' ? section.entries : []) {
      if (NO_SEARCHES.has(search.key)) continue;
      // Where a condition names it, the rule breaks, and the condition's own mutants leave it out.
      yield { mutation: 'selection dropped', edit: withoutEntry(text, search) };
      yield* ofSearch(search.value, text);
    }
  }
};

function* ofSearch(value: YamlValue, text: string): Generator<Mutant> {
  if (value.kind === 'map') {
    for (const item of value.entries) {
      if (value.entries.length > 1) yield { mutation: 'item dropped', edit: withoutEntry(text, item) };
      yield* ofItem(item, text);
    }
    return;
  }
  if (value.kind !== 'list') return;
  for (const item of value.items) {
    const mutation = item.kind === 'map' ? 'item dropped' : 'value dropped';
    if (value.items.length > 1) yield { mutation, edit: withoutItem(text, item) };
    if (item.kind === 'map') yield* ofSearch(item, text);
  }
}

function* ofItem({ key, keySpan, value }: Entry, text: string): Generator<Mutant> {
  yield* ofModifiers(key, keySpan, text);
  if (value.kind === 'map') {
    yield* ofSearch(value, text);
    return;
  }
  const values = value.kind === 'list' ? value.items : [value];
  for (const one of values) {
    if (one.kind === 'map') yield* ofSearch(one, text);
    if (values.length > 1) yield { mutation: 'value dropped', edit: withoutItem(text, one) };
    if (one.kind !== 'scalar') continue;
    if (typeof one.value === 'boolean')
      yield { mutation: 'value flipped', edit: { span: one.span, text: String(!one.value) } };
    if (/\|(lt|lte|gt|gte)(\||$)/.test(key)) yield* numberMutants(one, key, keySpan, text);
  }
}

function* ofModifiers(key: string, span: Entry['keySpan'], text: string): Generator<Mutant> {
  const written = text.slice(span.from, span.to);
  const [field = '', ...modifiers] = key.split('|');
  // A key with escapes in it is not what is written.
  if (!written.includes(key)) return;
  for (const [i, modifier] of modifiers.entries()) {
    const changed = (by: readonly string[]) => {
      const others = [...modifiers.slice(0, i), ...by, ...modifiers.slice(i + 1)];
      return { span, text: written.replace(key, () => [field, ...others].join('|')) };
    };
    yield { mutation: 'modifier dropped', edit: changed([]) };
    const weaker = WEAKER[modifier];
    if (weaker !== undefined) yield { mutation: 'modifier weakened', edit: changed([weaker]) };
  }
}
