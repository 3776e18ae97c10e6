import type { YamlScalar } from '../../text/yaml-source.ts';
import type { LintItem } from './lint-document.ts';

export interface TextValue extends YamlScalar {
  readonly value: string;
}

/** Modifiers that leave a value a text with wildcards; the others encode it or read it as something else. */
const LEAVE_TEXT = new Set(['contains', 'startswith', 'endswith', 'all', 'cased', 'expand', 'neq']);

/** The values of an item that are searched as texts with wildcards. */
export function textValues(item: LintItem): readonly TextValue[] {
  return item.modifiers.every((modifier) => LEAVE_TEXT.has(modifier)) ? item.values.filter(isText) : [];
}

export function isText(value: YamlScalar): value is TextValue {
  return typeof value.value === 'string';
}
