import type { Span } from '../../text/span.ts';
import { type Entry, entry, type Scalar, type YamlValue } from '../../text/yaml-value.ts';
import type { Condition } from '../condition/condition.ts';
import { correlationOf } from '../condition/old-aggregation.ts';
import { isReserved, parseCondition } from '../condition/parse-condition.ts';
import { conditionUses, selectedNames } from '../condition/resolve-condition.ts';
import { itemPredicate } from '../plan/item-predicate.ts';
import { MEMBER } from '../predicate.ts';
import type { Detection, DetectionItem } from '../rule.ts';
import { selectedMembers, withoutEscapes } from './array-selector.ts';
import { textOf } from './read-head.ts';
import type { Reporter } from './report.ts';

export interface DetectionSection {
  readonly detections: ReadonlyMap<string, Detection>;
  readonly conditions: readonly Condition[];
}

/** Values that conditions may ask for, those of a search each time that it is named: more is no rule and would take minutes. */
const MOST_ASKED = 100_000;

/** How a section is read. */
export interface SectionOptions {
  /** Keys that are neither searches nor the condition. */
  readonly skip: readonly string[];
  /** Sigma's major version that the document asks for: from 3 on, brackets choose members of arrays (SIGMA S3). */
  readonly version: number;
  /** What a correlation calls the rule. */
  readonly reference: string;
}

/** Reads the map below `detection` or `filter`: searches and condition (SIGMA §3, §5). */
export function readDetectionSection(
  section: Entry,
  { skip, version, reference }: SectionOptions,
  reporter: Reporter,
): DetectionSection {
  const read = new SectionReader(version >= 3, reporter);
  const detections = new Map<string, Detection>();
  if (section.value.kind !== 'map') {
    reporter.report('sigma/detection', section.keySpan);
    return { detections, conditions: [] };
  }
  let condition: Entry | undefined;
  for (const found of section.value.entries) {
    if (found.key === 'condition') condition ??= found;
    else if (found.key === 'timeframe') reporter.report('sigma/old-timeframe', found.keySpan);
    else if (!skip.includes(found.key)) {
      if (isReserved(found.key)) reporter.report('sigma/reserved-name', found.keySpan, { name: found.key });
      const detection = read.search(found);
      if (detection === undefined) reporter.report('sigma/empty-search', found.keySpan, { name: found.key });
      else if (!detections.has(found.key)) detections.set(found.key, detection);
    }
  }
  const timeframe = entry(section.value, 'timeframe')?.value;
  const timespan = timeframe === undefined ? undefined : textOf(timeframe);
  const draft = (aggregation: string) => correlationOf(aggregation, reference, timespan ?? '1h');
  if (detections.size === 0) reporter.report('sigma/detection', section.keySpan);
  if (condition === undefined) reporter.report('sigma/condition-missing', section.keySpan);
  return {
    detections,
    conditions: condition === undefined ? [] : readConditions(condition, detections, reporter, draft),
  };
}

/** Reads searches, at the top of a section and within blocks about members of arrays. */
class SectionReader {
  readonly #arrays: boolean;
  readonly #reporter: Reporter;
  /** The block that is read: it asks for fields of a member, and keywords search the whole event. */
  readonly #within: Entry | undefined;

  constructor(arrays: boolean, reporter: Reporter, within?: Entry) {
    this.#arrays = arrays;
    this.#reporter = reporter;
    this.#within = within;
  }

  /** What a search asks, undefined where it is empty. */
  search(found: Entry): Detection | undefined {
    const { value } = found;
    if (value.kind === 'map') return this.#map(value.entries);
    if (value.kind === 'scalar') return value.value === null ? undefined : this.#keywords([], found, [value]);
    if (value.items.length === 0) return undefined;
    const scalars = value.items.filter((item) => item.kind === 'scalar');
    const of: Detection[] = scalars.length > 0 ? [this.#keywords([], found, scalars)] : [];
    for (const item of value.items) {
      if (item.kind === 'list') this.#reporter.report('sigma/nested-value', item.span, { key: found.key });
      if (item.kind !== 'map') continue;
      const part = this.#map(item.entries);
      if (part === undefined) this.#reporter.report('sigma/empty-search', item.span, { name: found.key });
      else of.push(part);
    }
    return { kind: 'any', of };
  }

  #map(entries: readonly Entry[]): Detection | undefined {
    return entries.length === 0 ? undefined : { kind: 'all', of: entries.map((found) => this.#item(found)) };
  }

  #item(found: Entry): Detection {
    const [name = '', ...modifiers] = found.key.split('|');
    if (name === '') return this.#keywords(modifiers, found);
    if (this.#arrays) return this.#field(name, modifiers, found);
    return { kind: 'item', item: checked(name, modifiers, found, this.#reporter) };
  }

  #keywords(modifiers: readonly string[], found: Entry, values?: readonly YamlValue[]): Detection {
    if (this.#within !== undefined)
      this.#reporter.report('sigma/keyword-in-block', found.keySpan, { key: this.#within.key });
    return { kind: 'item', item: checked(undefined, modifiers, found, this.#reporter, values) };
  }

  /** A field whose name may choose members of arrays, and the block or the values below it. */
  #field(name: string, modifiers: readonly string[], found: Entry): Detection {
    const chosen = selectedMembers(name);
    if (chosen === 'wrong') this.#reporter.report('sigma/array-selector', found.keySpan, { key: name });
    if (chosen === undefined || chosen === 'wrong') {
      return { kind: 'item', item: checked(withoutEscapes(name), modifiers, found, this.#reporter) };
    }
    const { array, which, rest } = chosen;
    const block = rest === undefined && modifiers.length === 0 ? this.#block(found) : undefined;
    return { kind: 'members', array, which, of: [block ?? this.#field(rest ?? MEMBER, modifiers, found)] };
  }

  /** What one member must satisfy: fields of it, alternatives of such, or searches with a condition. Undefined for plain values. */
  #block(found: Entry): Detection | undefined {
    const { value } = found;
    const maps = value.kind === 'map' ? [value] : value.kind === 'list' ? value.items : [];
    if (value.kind === 'scalar' || !maps.some((map) => map.kind === 'map')) return undefined;
    const inner = new SectionReader(true, this.#reporter, found);
    const condition = value.kind === 'map' ? value.entries.find(({ key }) => key === 'condition') : undefined;
    if (condition === undefined || value.kind !== 'map') return inner.search(found);
    const detections = new Map<string, Detection>();
    for (const entry of value.entries) {
      if (entry === condition) continue;
      const body = inner.search(entry);
      if (body !== undefined) detections.set(entry.key, body);
      else this.#reporter.report('sigma/empty-search', entry.keySpan, { name: entry.key });
    }
    const conditions = readConditions(condition, detections, this.#reporter);
    return { kind: 'block', detections, conditions, of: [...detections.values()] };
  }
}

function checked(
  field: string | undefined,
  modifiers: readonly string[],
  found: Entry,
  reporter: Reporter,
  values: readonly YamlValue[] = found.value.kind === 'list' ? found.value.items : [found.value],
): DetectionItem {
  const scalars: Scalar[] = [];
  const places: Span[] = [];
  if (values.length === 0) reporter.report('sigma/empty-list', found.keySpan, { key: found.key });
  for (const value of values) {
    if (value.kind !== 'scalar') reporter.report('sigma/nested-value', value.span, { key: found.key });
    else if (typeof value.value === 'number' && !Number.isFinite(value.value)) {
      reporter.report('sigma/value-type', value.span, { value: value.source });
    } else {
      if (value.value === null && values.length > 1)
        reporter.report('sigma/null-in-list', value.span, { key: found.key });
      scalars.push(value.value);
      places.push(value.span);
    }
  }
  const item: DetectionItem = { field, modifiers, values: scalars, span: found.keySpan };
  // Made once here for what it finds wrong; placeholders are the estate's and are looked up when the rule runs.
  itemPredicate(item, {
    placeholder: () => [''],
    fault: (code, data, value) =>
      reporter.report(code, (value === undefined ? undefined : places[value]) ?? found.keySpan, data),
  });
  return item;
}

function readConditions(
  condition: Entry,
  detections: ReadonlyMap<string, Detection>,
  reporter: Reporter,
  draft: (aggregation: string) => string | undefined = () => undefined,
): readonly Condition[] {
  const values = condition.value.kind === 'list' ? condition.value.items : [condition.value];
  const sizes = new Map([...detections].map(([name, detection]) => [name, sizeOf(detection)]));
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  let asked = 0;
  return values.flatMap((value) => {
    if (value.kind !== 'scalar' || typeof value.value !== 'string') {
      reporter.report('sigma/condition-type', value.span);
      return [];
    }
    // Quoted and folded scalars shift what stands where: then the whole value is the place.
    const plain = value.source === value.value && value.span.to - value.span.from === value.value.length;
    const place = (span: { from: number; to: number }) =>
      plain ? { from: value.span.from + span.from, to: value.span.from + span.to } : value.span;
    const parsed = parseCondition(value.value, (code, data, span) => {
      const instead = code === 'sigma/condition-pipe' ? draft(data.aggregation ?? '') : undefined;
      reporter.report(code, place(span), {
        ...data,
        instead: instead === undefined ? '' : ` In its place, in a document of its own: ${instead}`,
      });
    });
    if (parsed === undefined) return [];
    for (const use of conditionUses(parsed)) {
      asked += use.kind === 'name' ? (sizes.get(use.name) ?? 1) : all;
      if (asked > MOST_ASKED) {
        reporter.report('sigma/too-large', value.span);
        return [];
      }
      if (use.kind === 'name' && !detections.has(use.name)) {
        reporter.report('sigma/condition-unknown-name', place(use.span), { name: use.name });
      }
      if (use.kind !== 'name' && selectedNames(use.pattern, detections.keys()).length === 0) {
        reporter.report('sigma/selector-matches-nothing', place(use.span), { pattern: use.pattern });
      }
    }
    return [parsed];
  });
}

function sizeOf(detection: Detection): number {
  if (detection.kind === 'item') return 1 + detection.item.values.length;
  return detection.of.reduce((sum, part) => sum + sizeOf(part), 1);
}
