import type { YamlScalar } from '../../text/yaml-value.ts';
import type { LintItem, LintText } from './lint-document.ts';
import { onceFor } from './once-for.ts';

/** A value that is searched as text with wildcards, and the item that it belongs to. */
export interface TextValue extends LintText {
  readonly item: LintItem;
}

/** Modifiers that leave a value a text with wildcards; the others encode it or read it as something else. */
const LEAVE_TEXT = new Set(['contains', 'startswith', 'endswith', 'all', 'cased', 'expand', 'neq']);

/** Whether the item's texts are searched as such. */
export function isTextual({ modifiers }: LintItem): boolean {
  return modifiers.every((modifier) => LEAVE_TEXT.has(modifier));
}

/** The values of all items that are searched as texts with wildcards. */
export const textValuesOf = onceFor(({ items }): readonly TextValue[] => {
  const texts: TextValue[] = [];
  for (const item of items) {
    if (!isTextual(item)) continue;
    for (const { value, span } of item.values)
      if (typeof value === 'string') texts.push({ text: value, span, item });
  }
  return texts;
});

export function isText(value: YamlScalar): value is YamlScalar & { readonly value: string } {
  return typeof value.value === 'string';
}
