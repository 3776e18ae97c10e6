import { visible } from '../text/problem.ts';

/** A piece of HTML that came out of `html`: the only thing that is not escaped again. */
export interface Markup {
  readonly markup: string;
}

export type Part = string | number | Markup | readonly Part[];

/**
 * The one door through which text becomes HTML (SECURITY OU-2, OU-6): whatever is interpolated is escaped, for element
 * content and quoted attributes alike, and what could act or reorder is shown as a mark. Only `Markup` passes as it is.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.reduce((out, fixed, at) => out + rendered(parts[at - 1] ?? '') + fixed) };
}

function rendered(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(rendered).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escaped(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (c) => ENTITIES[c] ?? c);
}
