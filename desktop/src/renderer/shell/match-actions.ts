import type { Action } from '../state/actions.ts';

/** Actions whose title or group holds every typed word, those first whose title begins with the first word. */
export function matchActions(actions: readonly Action[], typed: string): readonly Action[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = actions.filter((action) => {
    const text = `${action.group} ${action.title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const [first] = words;
  if (first === undefined) return fits;
  const begins = (action: Action) => action.title.toLowerCase().startsWith(first);
  return [...fits.filter(begins), ...fits.filter((action) => !begins(action))];
}
