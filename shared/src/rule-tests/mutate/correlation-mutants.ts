import { THRESHOLDS } from '../../sigma/correlation/correlation-type.ts';
import { parseTimespan } from '../../sigma/correlation/timespan.ts';
import { withoutEntry, withoutItem } from '../../sigma/lint/text-edits.ts';
import { entry, type YamlValue } from '../../text/yaml-value.ts';
import { textOf } from '../test-source.ts';
import type { Mutant, Mutator } from './mutant.ts';
import { numberMutants } from './number-mutants.ts';

/** Changes of correlations: what is counted, within which time, and by which groups. */
export const correlationMutants: Mutator = function* ({ root, text }) {
  const body = entry(root, 'correlation')?.value;
  if (body?.kind !== 'map') return;
  const group = entry(body, 'group-by');
  if (group !== undefined) {
    const fields = group.value.kind === 'list' ? group.value.items : [];
    if (fields.length < 2) yield { mutation: 'group dropped', edit: withoutEntry(text, group) };
    else for (const field of fields) yield { mutation: 'group dropped', edit: withoutItem(text, field) };
  }
  yield* listMutants(entry(body, 'rules')?.value, text);
  for (const key of ['timespan', 'gap']) {
    const span = entry(body, key)?.value;
    const micros = parseTimespan(textOf(span) ?? '');
    if (span === undefined || micros === undefined) continue;
    const seconds = micros / 1e6;
    if (seconds >= 2)
      yield {
        mutation: 'timespan changed',
        edit: { span: span.span, text: timespan(Math.floor(seconds / 2)) },
      };
    yield { mutation: 'timespan changed', edit: { span: span.span, text: timespan(seconds * 2) } };
  }
  const type = entry(body, 'type')?.value;
  if (textOf(type) === 'temporal_ordered' && type !== undefined)
    yield { mutation: 'order dropped', edit: { span: type.span, text: 'temporal' } };
  const condition = entry(body, 'condition')?.value;
  for (const { key, keySpan, value } of condition?.kind === 'map' ? condition.entries : []) {
    if (key === 'field') yield* listMutants(value, text);
    else if (value.kind === 'scalar' && THRESHOLDS.some((operator) => operator === key))
      yield* numberMutants(value, key, keySpan, text);
  }
};

function* listMutants(list: YamlValue | undefined, text: string): Generator<Mutant> {
  if (list?.kind !== 'list' || list.items.length < 2) return;
  for (const item of list.items) yield { mutation: 'value dropped', edit: withoutItem(text, item) };
}

/** Seconds in the largest unit that says them exactly. */
function timespan(seconds: number): string {
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const)
    if (seconds % size === 0) return `${seconds / size}${unit}`;
  return `${seconds}s`;
}
