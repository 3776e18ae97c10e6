import { el, fill } from '../dom.ts';

export interface Tab {
  readonly id: string;
  readonly title: string;
  make(): HTMLElement | Promise<HTMLElement>;
}

/** Tabs as WAI-ARIA asks: arrows move, Home and End go to the ends. A page is made when it is first looked at. */
export function tabs(list: readonly Tab[]): HTMLElement {
  const made = new Map<string, Promise<HTMLElement>>();
  const panel = el('div', { role: 'tabpanel', tabindex: 0, id: 'panel' });
  const buttons = list.map((tab) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${tab.id}`,
        'aria-controls': 'panel',
        onclick: () => void choose(tab, false),
      },
      tab.title,
    ),
  );
  const choose = async (tab: Tab, focus: boolean): Promise<void> => {
    for (const [at, button] of buttons.entries()) {
      const chosen = list[at] === tab;
      button.setAttribute('aria-selected', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) button.focus();
    }
    panel.setAttribute('aria-labelledby', `tab-${tab.id}`);
    const page =
      made.get(tab.id) ??
      Promise.resolve(tab.make()).catch((error: unknown) =>
        el(
          'p',
          { class: 'caution' },
          `This page could not be made: ${error instanceof Error ? error.message : String(error)}`,
        ),
      );
    made.set(tab.id, page);
    fill(panel, await page);
  };
  const bar = el('div', { role: 'tablist', 'aria-label': 'What is in the package' }, buttons);
  bar.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 }[event.key];
    const tab = to === undefined ? undefined : list[(to + list.length) % list.length];
    if (tab === undefined) return;
    event.preventDefault();
    void choose(tab, true);
  });
  const [first] = list;
  if (first !== undefined) void choose(first, false);
  return el('div', { class: 'tabs' }, bar, panel);
}
