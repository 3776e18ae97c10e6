import type { Entry, Scalar, YamlValue } from '../../text/yaml-source.ts';
import type { Condition } from '../condition/condition.ts';
import { isReserved, parseCondition } from '../condition/parse-condition.ts';
import { conditionUses, selectedNames } from '../condition/resolve-condition.ts';
import { itemPredicate } from '../plan/item-predicate.ts';
import type { Detection, DetectionItem } from '../rule.ts';
import type { Reporter } from './report.ts';

export interface DetectionSection {
  readonly detections: ReadonlyMap<string, Detection>;
  readonly conditions: readonly Condition[];
}

/** Searches that conditions may look at, each pattern at all of them: more is no rule and would take minutes. */
const MOST_LOOKS = 100_000;

/** Reads the map below `detection` or `filter`: searches and condition (SIGMA §3, §5). `skip` are keys that are neither. */
export function readDetectionSection(
  section: Entry,
  skip: readonly string[],
  reporter: Reporter,
): DetectionSection {
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
      const detection = readSearch(found, reporter);
      if (detection === undefined) reporter.report('sigma/empty-search', found.keySpan, { name: found.key });
      else if (!detections.has(found.key)) detections.set(found.key, detection);
    }
  }
  if (detections.size === 0) reporter.report('sigma/detection', section.keySpan);
  if (condition === undefined) reporter.report('sigma/condition-missing', section.keySpan);
  return {
    detections,
    conditions: condition === undefined ? [] : readConditions(condition, detections, reporter),
  };
}

function readSearch(found: Entry, reporter: Reporter): Detection | undefined {
  const { value } = found;
  if (value.kind === 'map') return readMap(value.entries, reporter);
  if (value.kind === 'scalar') return value.value === null ? undefined : keywords([value], found, reporter);
  if (value.items.length === 0) return undefined;
  const scalars = value.items.filter((item) => item.kind === 'scalar');
  const of: Detection[] = scalars.length > 0 ? [keywords(scalars, found, reporter)] : [];
  for (const item of value.items) {
    if (item.kind === 'list') reporter.report('sigma/nested-value', item.span, { key: found.key });
    if (item.kind !== 'map') continue;
    const part = readMap(item.entries, reporter);
    if (part === undefined) reporter.report('sigma/empty-search', item.span, { name: found.key });
    else of.push(part);
  }
  return { kind: 'any', of };
}

function readMap(entries: readonly Entry[], reporter: Reporter): Detection | undefined {
  if (entries.length === 0) return undefined;
  const of = entries.flatMap((found): Detection[] => {
    const item = readItem(found, reporter);
    return item === undefined ? [] : [{ kind: 'item', item }];
  });
  return { kind: 'all', of };
}

function readItem(found: Entry, reporter: Reporter): DetectionItem | undefined {
  const [name = '', ...modifiers] = found.key.split('|');
  if (/\[(any|all|all_or_empty|none|-?\d+)\]/.test(name)) {
    reporter.report('sigma/array-selector', found.keySpan, { key: name });
    return undefined;
  }
  const values = found.value.kind === 'list' ? found.value.items : [found.value];
  return checked(name === '' ? undefined : name, modifiers, values, found, reporter);
}

function keywords(values: readonly YamlValue[], found: Entry, reporter: Reporter): Detection {
  return { kind: 'item', item: checked(undefined, [], values, found, reporter) };
}

function checked(
  field: string | undefined,
  modifiers: readonly string[],
  values: readonly YamlValue[],
  found: Entry,
  reporter: Reporter,
): DetectionItem {
  const scalars: Scalar[] = [];
  if (values.length === 0) reporter.report('sigma/empty-list', found.keySpan, { key: found.key });
  for (const value of values) {
    if (value.kind !== 'scalar') reporter.report('sigma/nested-value', value.span, { key: found.key });
    else if (typeof value.value === 'number' && !Number.isFinite(value.value)) {
      reporter.report('sigma/value-type', value.span, { value: value.source });
    } else {
      if (value.value === null && values.length > 1)
        reporter.report('sigma/null-in-list', value.span, { key: found.key });
      scalars.push(value.value);
    }
  }
  const item: DetectionItem = { field, modifiers, values: scalars, span: found.keySpan };
  // Made once here for what it finds wrong; placeholders are the estate's and are looked up when the rule runs.
  itemPredicate(item, {
    placeholder: () => [''],
    fault: (code, data) => reporter.report(code, found.keySpan, data),
  });
  return item;
}

function readConditions(
  condition: Entry,
  detections: ReadonlyMap<string, Detection>,
  reporter: Reporter,
): readonly Condition[] {
  const values = condition.value.kind === 'list' ? condition.value.items : [condition.value];
  let looks = 0;
  return values.flatMap((value) => {
    if (value.kind !== 'scalar' || typeof value.value !== 'string') {
      reporter.report('sigma/condition-type', value.span);
      return [];
    }
    // Quoted and folded scalars shift what stands where: then the whole value is the place.
    const plain = value.source === value.value && value.span.to - value.span.from === value.value.length;
    const place = (span: { from: number; to: number }) =>
      plain ? { from: value.span.from + span.from, to: value.span.from + span.to } : value.span;
    const parsed = parseCondition(value.value, (code, data, span) =>
      reporter.report(code, place(span), data),
    );
    if (parsed === undefined) return [];
    for (const use of conditionUses(parsed)) {
      looks += use.kind === 'name' ? 1 : detections.size;
      if (looks > MOST_LOOKS) {
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
