import { formatCount } from '../format/quantity.ts';
import { MESSAGES } from './messages.ts';

export type MessageKey = keyof typeof MESSAGES;
type Entry = string | { readonly one: string; readonly other: string };

/** The text of `key` with its `{names}` filled in; `n` chooses between singular and plural and is grouped. */
export function t(key: MessageKey, data: Readonly<Record<string, string | number>> = {}): string {
  const entry: Entry = MESSAGES[key];
  const text = typeof entry === 'string' ? entry : data.n === 1 ? entry.one : entry.other;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = data[name];
    return typeof value === 'number' ? formatCount(value) : (value ?? '');
  });
}
