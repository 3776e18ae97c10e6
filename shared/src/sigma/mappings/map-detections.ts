import type { Scalar } from '../../text/yaml-value.ts';
import type { Condition } from '../condition/condition.ts';
import { PLACEHOLDER } from '../modifiers/expand.ts';
import type { Detection, DetectionItem, LogSource } from '../rule.ts';
import type { Transformation } from './pipeline.ts';

/** What transformations change of a rule. */
export interface RuleBody {
  readonly logsource: LogSource;
  readonly detections: ReadonlyMap<string, Detection>;
  readonly conditions: readonly Condition[];
  /** Name of a field → as the rule wrote it. */
  readonly written: ReadonlyMap<string, string>;
}

/** One transformation of pySigma's pipelines applied to a rule. */
export function mapDetections(
  body: RuleBody,
  transformation: Transformation,
  vars: ReadonlyMap<string, readonly string[]>,
): RuleBody {
  switch (transformation.type) {
    case 'change_logsource':
      return { ...body, logsource: transformation.logsource };
    case 'add_condition':
      return withCondition(body, transformation);
    case 'field_name_mapping':
    case 'field_name_prefix': {
      const written = new Map(body.written);
      const renamed = (field: string): readonly string[] => {
        const names =
          transformation.type === 'field_name_prefix'
            ? [transformation.prefix + field]
            : transformation.mapping.get(field);
        if (names === undefined) return [field];
        for (const name of names) written.set(name, body.written.get(field) ?? field);
        return names;
      };
      const detections = eachItem(body, (item) => renameItem(item, renamed));
      return { ...body, detections, written };
    }
    default:
      return {
        ...body,
        detections: eachItem(body, (item) => {
          if (!concerns(transformation, item, body)) return { kind: 'item', item };
          return { kind: 'item', item: valuesOf(item, transformation, vars) };
        }),
      };
  }
}

/** A second condition that all of the rule's must meet; its search has a name that no pattern of the rule reaches. */
function withCondition(
  body: RuleBody,
  { conditions, negated }: Extract<Transformation, { type: 'add_condition' }>,
): RuleBody {
  const name = `_mapping_${body.detections.size}`;
  const items = [...conditions].map(([key, values]): Detection => {
    const [field = '', ...modifiers] = key.split('|');
    return { kind: 'item', item: { field, modifiers, values, span: { from: 0, to: 0 } } };
  });
  const added: Condition = { kind: 'name', name, span: { from: 0, to: 0 } };
  const test: Condition = negated ? { kind: 'not', of: added } : added;
  return {
    ...body,
    detections: new Map([...body.detections, [name, { kind: 'all', of: items }]]),
    conditions: body.conditions.map((condition) => ({ kind: 'and', of: [test, condition] })),
  };
}

function eachItem(
  { detections }: RuleBody,
  change: (item: DetectionItem) => Detection,
): ReadonlyMap<string, Detection> {
  const changed = (detection: Detection): Detection => {
    if (detection.kind === 'item') return change(detection.item);
    const of = detection.of.map(changed);
    if (detection.kind === 'block')
      return {
        ...detection,
        of,
        detections: new Map([...detection.detections].map(([name, search]) => [name, changed(search)])),
      };
    return { ...detection, of };
  };
  return new Map([...detections].map(([name, search]) => [name, changed(search)]));
}

/** A field that becomes several is looked for in each of them; `neq` asks for none. The other field of `fieldref` is renamed too. */
function renameItem(item: DetectionItem, renamed: (field: string) => readonly string[]): Detection {
  const { field, modifiers } = item;
  const values = modifiers.includes('fieldref')
    ? item.values.flatMap((value): readonly Scalar[] =>
        typeof value === 'string' ? renamed(value) : [value],
      )
    : item.values;
  if (field === undefined) return { kind: 'item', item };
  const of = renamed(field).map(
    (name): Detection => ({ kind: 'item', item: { ...item, field: name, values } }),
  );
  const [only] = of;
  if (only !== undefined && of.length === 1) return only;
  const absent = item.values.includes(null) || (modifiers.includes('exists') && item.values.includes(false));
  return { kind: absent || modifiers.includes('neq') ? 'all' : 'any', of };
}

/** Conditions of fields name what stands there, or what the rule wrote. */
function concerns({ fields }: Transformation, { field }: DetectionItem, { written }: RuleBody): boolean {
  if (fields === undefined) return true;
  const named =
    field !== undefined && (fields.names.has(field) || fields.names.has(written.get(field) ?? ''));
  return named === fields.include;
}

function valuesOf(
  item: DetectionItem,
  transformation: Extract<
    Transformation,
    { type: 'map_string' | 'replace_string' | 'set_value' | 'value_placeholders' }
  >,
  vars: ReadonlyMap<string, readonly string[]>,
): DetectionItem {
  switch (transformation.type) {
    case 'set_value':
      return { ...item, values: [transformation.value] };
    case 'map_string':
      return {
        ...item,
        values: item.values.flatMap((value): readonly Scalar[] =>
          value === null ? [value] : (transformation.mapping.get(String(value)) ?? [value]),
        ),
      };
    case 'replace_string':
      return {
        ...item,
        values: item.values.map((value) =>
          typeof value === 'string'
            ? value.replace(transformation.pattern, transformation.replacement)
            : value,
        ),
      };
    case 'value_placeholders': {
      if (!item.modifiers.includes('expand')) return item;
      const values = item.values.flatMap((value): readonly Scalar[] =>
        typeof value === 'string' ? expanded(value, vars) : [value],
      );
      const open = values.some((value) => typeof value === 'string' && PLACEHOLDER.test(value));
      return {
        ...item,
        values,
        modifiers: open ? item.modifiers : item.modifiers.filter((m) => m !== 'expand'),
      };
    }
  }
}

/** A value with the placeholders that `vars` has replaced by each of their values; the others stay. */
function expanded(value: string, vars: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const global = new RegExp(PLACEHOLDER, 'g');
  for (const match of value.matchAll(global)) {
    const values = vars.get(match[1] ?? '');
    if (values === undefined) continue;
    const [head, tail] = [value.slice(0, match.index), value.slice(match.index + match[0].length)];
    return values.flatMap((one) => expanded(tail, vars).map((rest) => head + one + rest));
  }
  return [value];
}
