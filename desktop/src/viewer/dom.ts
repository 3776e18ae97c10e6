import { visible } from '@dbwitness/shared/text/problem.ts';

export type Child = Node | string | number | undefined | readonly Child[];

/** Attributes by name; `onclick` and the like take functions. */
export type Attributes = Readonly<
  Record<string, string | number | boolean | undefined | ((event: Event) => void)>
>;

/** One element. Text becomes text nodes and nothing else, with marks for what could act (SECURITY OU-2, OU-6). */
export function el(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

export function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else parent.append(child instanceof Node ? child : text(String(child)));
  }
}

/** Replaces what stands in `parent`. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

export const code = (value: string): HTMLElement => el('code', {}, value);

export function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  return el(
    'dl',
    { class: 'facts' },
    rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );
}

/** A table that scrolls inside its own region, reachable by keyboard. */
export function table(label: string, heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  return el(
    'div',
    { class: 'table', role: 'group', tabindex: 0, 'aria-label': label },
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          heads.map((head) => el('th', { scope: 'col' }, head)),
        ),
      ),
      el('tbody', {}, rows),
    ),
  );
}

export function row(...cells: readonly Child[]): HTMLElement {
  return el(
    'tr',
    {},
    cells.map((cell) => el('td', {}, cell)),
  );
}

/** A list that grows by a button: packages may hold hundreds of thousands of rows. */
export function growing<T>(
  items: readonly T[],
  step: number,
  make: (item: T) => HTMLElement,
  into: (rows: readonly HTMLElement[]) => { readonly element: HTMLElement; readonly body: Element },
): HTMLElement {
  let shown = Math.min(step, items.length);
  const { element, body } = into(items.slice(0, shown).map(make));
  if (shown === items.length) return element;
  const more = el('button', { type: 'button' }, `Show more of ${items.length}`);
  more.addEventListener('click', () => {
    append(body, items.slice(shown, shown + step).map(make));
    shown += step;
    if (shown >= items.length) more.remove();
  });
  return el('div', {}, element, more);
}

export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function text(value: string): Text {
  return document.createTextNode(visible(value));
}
