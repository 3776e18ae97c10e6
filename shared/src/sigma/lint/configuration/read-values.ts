import type { YamlSource } from '../../../text/yaml-source.ts';
import type { Entry, YamlValue } from '../../../text/yaml-value.ts';
import { CHECKS } from '../checks/index.ts';
import type { OptionValue } from '../option-value.ts';
import { checkNamed } from '../other-names.ts';
import type { LINT_PROBLEMS } from '../problem-table.ts';
import { unknownData } from '../suppressions.ts';

/** A configuration file, with what is wrong in it. */
export type ConfigurationSource = YamlSource<typeof LINT_PROBLEMS>;

/** The entries of a map; anything else is reported. */
export function entriesOf(found: Entry | undefined, source: ConfigurationSource): readonly Entry[] {
  if (found === undefined || isEmpty(found.value)) return [];
  if (found.value.kind === 'map') return found.value.entries;
  source.report('lint/value', { key: found.key, what: 'a map' }, found.value.span);
  return [];
}

/** The texts of a list, or one text alone, with their places. */
export function textsOf(found: Entry | undefined, source: ConfigurationSource): readonly Named[] {
  if (found === undefined || isEmpty(found.value)) return [];
  const items = found.value.kind === 'list' ? found.value.items : [found.value];
  return items.flatMap((item) => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return [{ text: item.value, value: item }];
    source.report('lint/value', { key: found.key, what: 'a list of texts' }, item.span);
    return [];
  });
}

export interface Named {
  readonly text: string;
  readonly value: YamlValue;
}

export function isEmpty(value: YamlValue): boolean {
  return value.kind === 'scalar' && value.value === null;
}

export function textOf(found: Entry | undefined, source: ConfigurationSource): string | undefined {
  if (found === undefined) return undefined;
  if (found.value.kind === 'scalar' && typeof found.value.value === 'string') return found.value.value;
  source.report('lint/value', { key: found.key, what: 'a text' }, found.value.span);
  return undefined;
}

/** Reports keys that nobody reads. */
export function onlyKeys(map: YamlValue, known: readonly string[], source: ConfigurationSource): void {
  for (const { key, keySpan } of map.kind === 'map' ? map.entries : []) {
    if (!known.includes(key)) source.report('lint/unknown-key', { key, known: known.join(', ') }, keySpan);
  }
}

/** The check or code of a problem that has that name; reported where there is none. */
export function checkCalled(
  name: string,
  at: YamlValue['span'],
  source: ConfigurationSource,
): string | undefined {
  const code = checkNamed(name);
  if (code === undefined) source.report('lint/unknown-check', unknownData(name), at);
  return code;
}

/** Parameters of a check; each has to be one that the check has, of the kind that its default is. */
export function optionsOf(
  id: string,
  entries: readonly Entry[],
  source: ConfigurationSource,
): Readonly<Record<string, OptionValue>> {
  const defaults = CHECKS.find((check) => check.id === id)?.options ?? {};
  const options: Record<string, OptionValue> = {};
  for (const found of entries) {
    const wanted = Object.hasOwn(defaults, found.key) ? defaults[found.key] : undefined;
    if (wanted === undefined) {
      const names = Object.keys(defaults);
      const known = names.length === 0 ? '' : ` It has ${names.join(', ')}.`;
      source.report('lint/unknown-option', { check: id, name: found.key, known }, found.keySpan);
      continue;
    }
    const value = optionValue(found.value, wanted);
    if (value === undefined)
      source.report('lint/value', { key: found.key, what: kindOf(wanted) }, found.value.span);
    else options[found.key] = value;
  }
  return options;
}

function optionValue(value: YamlValue, wanted: OptionValue): OptionValue | undefined {
  if (typeof wanted === 'object') {
    const items = value.kind === 'list' ? value.items : [value];
    const texts = items.map((item) =>
      item.kind === 'scalar' && item.value !== null ? item.source : undefined,
    );
    return texts.every((text) => text !== undefined) ? texts : undefined;
  }
  if (value.kind !== 'scalar') return undefined;
  const given = typeof value.value === 'bigint' ? Number(value.value) : value.value;
  return typeof given === typeof wanted && given !== null ? given : undefined;
}

function kindOf(wanted: OptionValue): string {
  if (typeof wanted === 'object') return 'a list of texts';
  return { number: 'a number', boolean: 'true or false', string: 'a text' }[
    typeof wanted as 'number' | 'boolean' | 'string'
  ];
}
