import { type Filter, NO_FILTER } from '../../host/filter.ts';
import { createStore, type Store } from './store.ts';

/** The filter that all views of the events share, with its past. */
export interface FilterHistory {
  readonly now: Store<Filter>;
  change(next: Filter): void;
  undo(): void;
  redo(): void;
  /** Back to nothing and without a past, as for another case. */
  reset(): void;
  canUndo(): boolean;
  canRedo(): boolean;
}

const DEPTH = 100;

export function createFilterHistory(): FilterHistory {
  const now = createStore<Filter>(NO_FILTER);
  let past: Filter[] = [];
  let future: Filter[] = [];
  return {
    now,
    change(next) {
      if (JSON.stringify(next) === JSON.stringify(now.get())) return;
      past = [...past.slice(1 - DEPTH), now.get()];
      future = [];
      now.set(next);
    },
    undo() {
      const before = past.at(-1);
      if (before === undefined) return;
      past = past.slice(0, -1);
      future = [now.get(), ...future];
      now.set(before);
    },
    redo() {
      const [after, ...rest] = future;
      if (after === undefined) return;
      future = rest;
      past = [...past, now.get()];
      now.set(after);
    },
    reset() {
      past = [];
      future = [];
      now.set(NO_FILTER);
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  };
}
