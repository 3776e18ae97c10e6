import { YamlSource } from '../../text/yaml-source.ts';
import type { YamlValue } from '../../text/yaml-value.ts';
import { loadRules } from '../load-rules.ts';
import { SIGMA_PROBLEMS } from '../problem-table.ts';

export const YAML_CODES = {
  syntax: 'sigma/yaml',
  duplicate: 'sigma/duplicate-key',
  size: 'sigma/too-large',
} as const;

/** Keys of a loaded rule that say where and how it is written, not what. */
const PLACES: ReadonlySet<string> = new Set(['span', 'at', 'text']);

/** Whether two texts hold the same documents and give the same rules, however they are laid out. */
export function sameMeaning(name: string, before: string, after: string): boolean {
  return said(name, before) === said(name, after);
}

function said(name: string, text: string): string {
  const source = new YamlSource(name, text, SIGMA_PROBLEMS);
  const documents = source.documents(YAML_CODES).map((root) => plain(root, 0));
  const { value, problems } = loadRules([{ name, text }]);
  const codes = problems.map(({ code, message }) => [code, message]).sort();
  return JSON.stringify([documents, value.rules, value.filters, codes], (key, held: unknown) => {
    if (PLACES.has(key)) return undefined;
    if (held instanceof Map) return [...held].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return typeof held === 'bigint' ? `${held}n` : held;
  });
}

/** A value without its places. In a document and its sections, the order of keys says nothing. */
function plain(value: YamlValue, depth: number): unknown {
  if (value.kind === 'scalar') return [typeof value.value, String(value.value), value.plain];
  if (value.kind === 'list') return value.items.map((item) => plain(item, depth + 1));
  const entries = value.entries.map(({ key, value: held }) => [key, plain(held, depth + 1)] as const);
  return { map: depth > 1 ? entries : [...entries].sort(([a], [b]) => (a < b ? -1 : 1)) };
}
