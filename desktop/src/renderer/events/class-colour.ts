import { EVENT_CLASSES } from '@dbwitness/shared/events/event-class.ts';

const KNOWN = new Set<string>(EVENT_CLASSES);

/** Name of the colour token of an event class; what is no class takes that of `other`. */
export function classToken(key: string): string {
  return `--class-${KNOWN.has(key) ? key : 'other'}`;
}

/** The colour of a class as the present theme resolves it: a canvas cannot read tokens. */
export function classColour(element: HTMLElement, key: string): string {
  const before = element.style.color;
  element.style.color = `var(${classToken(key)})`;
  const { color } = getComputedStyle(element);
  element.style.color = before;
  return color;
}
