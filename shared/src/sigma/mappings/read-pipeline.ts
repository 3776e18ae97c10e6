import type { Parsed } from '../../text/problem.ts';
import { YamlSource } from '../../text/yaml-source.ts';
import { entry, type Scalar, type YamlValue } from '../../text/yaml-value.ts';
import type { LogSource } from '../rule.ts';
import type { Pipeline, Transformation } from './pipeline.ts';
import { MAPPING_PROBLEMS } from './problem-table.ts';

const CODES = {
  syntax: 'mapping/yaml',
  duplicate: 'mapping/duplicate-key',
  size: 'mapping/too-large',
} as const;
/** `taxonomy` is ours. What pipelines do after a query is made is for backends. */
const KEYS = new Set(['name', 'priority', 'taxonomy', 'allowed_backends', 'vars', 'transformations']);
const COMMON = ['id', 'type', 'rule_conditions', 'field_name_conditions'];
const OWN: Readonly<Record<Transformation['type'], readonly string[]>> = {
  field_name_mapping: ['mapping'],
  field_name_prefix: ['prefix'],
  add_condition: ['conditions', 'negated'],
  change_logsource: ['category', 'product', 'service'],
  map_string: ['mapping'],
  replace_string: ['regex', 'replacement'],
  set_value: ['value'],
  value_placeholders: [],
};

/** Reads a mapping file: a pySigma processing pipeline, of which only transformations are taken that mean the same here. */
export function readPipeline(file: string, text: string): Parsed<Pipeline> {
  return new PipelineReader(file, text).read();
}

class PipelineReader {
  readonly #file: string;
  readonly #source: YamlSource<typeof MAPPING_PROBLEMS>;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#source = new YamlSource(file, text, MAPPING_PROBLEMS);
  }

  read(): Parsed<Pipeline> {
    const [root] = this.#source.documents(CODES);
    if (root?.kind !== 'map') this.#shape(root, this.#file, 'a map');
    else this.#onlyKeys(root, KEYS);
    const taxonomy = this.#text(entry(root, 'taxonomy')?.value, 'taxonomy');
    const value: Pipeline = {
      file: this.#file,
      name: this.#text(entry(root, 'name')?.value, 'name') ?? this.#file,
      priority: this.#priority(entry(root, 'priority')?.value),
      ...(taxonomy === undefined ? {} : { taxonomies: [taxonomy] }),
      vars: this.#lists(entry(root, 'vars')?.value, 'vars'),
      transformations: this.#items(entry(root, 'transformations')?.value, 'transformations').flatMap((item) =>
        this.#transformation(item),
      ),
    };
    return { value, problems: this.#source.problems };
  }

  #transformation(item: YamlValue): Transformation[] {
    const type = this.#text(entry(item, 'type')?.value, 'type') ?? '';
    const own = Object.hasOwn(OWN, type) ? OWN[type as Transformation['type']] : undefined;
    if (own === undefined) {
      this.#source.report('mapping/transformation', { type }, item.span);
      return [];
    }
    this.#onlyKeys(item, new Set([...COMMON, ...own]));
    const fields = this.#fields(entry(item, 'field_name_conditions')?.value);
    const common = {
      sources: this.#items(entry(item, 'rule_conditions')?.value, 'rule_conditions').flatMap((condition) =>
        this.#sourceOf(condition),
      ),
      ...(fields === undefined ? {} : { fields }),
    };
    const at = (key: string) => entry(item, key)?.value;
    switch (type as Transformation['type']) {
      case 'field_name_mapping':
      case 'map_string':
        return [
          {
            ...common,
            type: type as 'field_name_mapping' | 'map_string',
            mapping: this.#lists(at('mapping'), 'mapping'),
          },
        ];
      case 'field_name_prefix':
        return [{ ...common, type: 'field_name_prefix', prefix: this.#text(at('prefix'), 'prefix') ?? '' }];
      case 'add_condition':
        return [
          {
            ...common,
            type: 'add_condition',
            conditions: this.#conditions(at('conditions')),
            negated: this.#scalar(at('negated')) === true,
          },
        ];
      case 'change_logsource':
        return [{ ...common, type: 'change_logsource', logsource: this.#logsource(item) }];
      case 'replace_string': {
        const pattern = this.#expression(at('regex'));
        const replacement = this.#text(at('replacement'), 'replacement') ?? '';
        // Python writes groups as \1.
        return pattern === undefined
          ? []
          : [
              {
                ...common,
                type: 'replace_string',
                pattern,
                replacement: replacement.replace(/\\(\d)/g, '$$$1'),
              },
            ];
      }
      case 'set_value':
        return [{ ...common, type: 'set_value', value: this.#scalar(at('value')) ?? null }];
      case 'value_placeholders':
        return [{ ...common, type: 'value_placeholders' }];
    }
  }

  #sourceOf(condition: YamlValue): LogSource[] {
    const type = this.#text(entry(condition, 'type')?.value, 'type') ?? '';
    if (type !== 'logsource') {
      this.#source.report('mapping/condition', { type }, condition.span);
      return [];
    }
    this.#onlyKeys(condition, new Set(['type', 'category', 'product', 'service']));
    return [this.#logsource(condition)];
  }

  #logsource(map: YamlValue): LogSource {
    const keys = ['category', 'product', 'service'] as const;
    const texts = keys.flatMap((key) => {
      const text = this.#text(entry(map, key)?.value, key);
      return text === undefined ? [] : [[key, text] as const];
    });
    if (texts.length === 0) this.#shape(map, 'logsource', 'one of category, product and service');
    return Object.fromEntries(texts);
  }

  #fields(value: YamlValue | undefined): Transformation['fields'] {
    const conditions = this.#items(value, 'field_name_conditions');
    const [only] = conditions;
    if (only === undefined) return undefined;
    const type = this.#text(entry(only, 'type')?.value, 'type') ?? '';
    if (conditions.length > 1 || (type !== 'include_fields' && type !== 'exclude_fields'))
      this.#source.report('mapping/condition', { type }, only.span);
    this.#onlyKeys(only, new Set(['type', 'fields']));
    const names = this.#items(entry(only, 'fields')?.value, 'fields').flatMap(
      (item) => this.#text(item, 'fields') ?? [],
    );
    return { names: new Set(names), include: type === 'include_fields' };
  }

  #conditions(value: YamlValue | undefined): ReadonlyMap<string, readonly Scalar[]> {
    if (value?.kind !== 'map') {
      this.#shape(value, 'conditions', 'a map, from fields to values');
      return new Map();
    }
    return new Map(
      value.entries.map(({ key, value: held }) => [
        key,
        (held.kind === 'list' ? held.items : [held]).map((item) => this.#scalar(item) ?? null),
      ]),
    );
  }

  #lists(value: YamlValue | undefined, key: string): ReadonlyMap<string, readonly string[]> {
    if (value === undefined && key === 'vars') return new Map();
    if (value?.kind !== 'map') {
      this.#shape(value, key, 'a map, from names to texts or lists of texts');
      return new Map();
    }
    return new Map(
      value.entries.map(({ key: name, value: held }) => [
        name,
        (held.kind === 'list' ? held.items : [held]).flatMap((item) => this.#text(item, name) ?? []),
      ]),
    );
  }

  #expression(value: YamlValue | undefined): RegExp | undefined {
    const source = this.#text(value, 'regex');
    if (source === undefined) return undefined;
    try {
      return new RegExp(source, 'gu');
    } catch (error) {
      const detail = error instanceof Error ? error.message : '';
      this.#source.report('mapping/expression', { value: source, detail }, value?.span ?? { from: 0, to: 0 });
      return undefined;
    }
  }

  #priority(value: YamlValue | undefined): number {
    const held = this.#scalar(value);
    if (value === undefined) return 0;
    if (typeof held === 'bigint' || typeof held === 'number') return Number(held);
    this.#shape(value, 'priority', 'a number');
    return 0;
  }

  #items(value: YamlValue | undefined, key: string): readonly YamlValue[] {
    if (value === undefined) return [];
    if (value.kind === 'list') return value.items;
    // pySigma takes conditions as a map from names too.
    if (value.kind === 'map' && key === 'rule_conditions') return value.entries.map((held) => held.value);
    this.#shape(value, key, 'a list');
    return [];
  }

  #text(value: YamlValue | undefined, key: string): string | undefined {
    if (value === undefined) return undefined;
    if (value.kind === 'scalar' && value.value !== null)
      return typeof value.value === 'string' ? value.value : value.source;
    this.#shape(value, key, 'text');
    return undefined;
  }

  #scalar(value: YamlValue | undefined): Scalar | undefined {
    return value?.kind === 'scalar' ? value.value : undefined;
  }

  #onlyKeys(value: YamlValue, known: ReadonlySet<string>): void {
    if (value.kind !== 'map') return;
    for (const { key, keySpan } of value.entries)
      if (!known.has(key)) this.#source.report('mapping/unknown-key', { key }, keySpan);
  }

  #shape(value: YamlValue | undefined, key: string, what: string): void {
    this.#source.report('mapping/shape', { key, what }, value?.span ?? { from: 0, to: 0 });
  }
}
