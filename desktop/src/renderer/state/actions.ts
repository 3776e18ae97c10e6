import { createStore, type Store } from './store.ts';

/** One thing a person can do: palette, cheat sheet, tooltips and keys are made from it. */
export interface Action {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** For example `Mod+K`, `?`, `g`. The first is shown. `Mod` is Ctrl, on Apple machines Cmd. */
  readonly keys?: readonly string[];
  readonly when?: () => boolean;
  /** Missing where the key belongs to a part of the page that handles it itself: the cheat sheet still lists it. */
  readonly run?: () => void;
}

export interface ActionRegistry {
  readonly list: Store<readonly Action[]>;
  /** Adds actions; the function that comes back takes them away again. */
  add(actions: readonly Action[]): () => void;
  /** Runs the action that a key press names. True when there was one. */
  handle(event: KeyboardEvent, letters: boolean): boolean;
}

export function createActions(): ActionRegistry {
  const list = createStore<readonly Action[]>([]);
  return {
    list,
    add(actions) {
      list.update((old) => [...old, ...actions]);
      return () => list.update((old) => old.filter((one) => !actions.includes(one)));
    },
    handle(event, letters) {
      const pressed = pressedKeys(event);
      const typing = isTyping(event.target);
      const found = list
        .get()
        .findLast(
          (action) =>
            action.run !== undefined &&
            (action.when?.() ?? true) &&
            action.keys?.some((keys) => keys === pressed && (keys.includes('Mod+') || (!typing && letters))),
        );
      if (found?.run === undefined) return false;
      found.run();
      return true;
    },
  };
}

/** The pressed keys in the notation of `Action.keys`. Shift counts only where it does not make another character. */
export function pressedKeys(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const named = event.key.length > 1;
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Mod');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && (named || event.ctrlKey || event.metaKey)) parts.push('Shift');
  parts.push(named ? event.key : event.ctrlKey || event.metaKey ? event.key.toUpperCase() : event.key);
  return parts.join('+');
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))
  );
}
