import { createStore, type Store } from './store.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'regular' | 'roomy';

export interface Preferences {
  readonly theme: Theme;
  readonly density: Density;
  /** IANA zone in which times are shown; stored data never change with it. */
  readonly zone: string;
  /** Single letters act (WCAG 2.1.4: they can be switched off). */
  readonly letters: boolean;
  readonly scale: 'linear' | 'log';
  readonly columns: readonly { readonly field: string; readonly width: number }[];
}

/** Row heights in CSS pixels; none below 24 (WCAG 2.5.8). */
export const ROW_HEIGHT: Readonly<Record<Density, number>> = { compact: 24, regular: 28, roomy: 34 };

export const DEFAULT_COLUMNS: Preferences['columns'] = [
  { field: 'time', width: 212 },
  { field: 'class', width: 136 },
  { field: 'user', width: 104 },
  { field: 'client_ip', width: 100 },
  { field: 'action', width: 124 },
  { field: 'object', width: 132 },
  { field: 'statement', width: 320 },
  { field: 'result', width: 76 },
  { field: 'database', width: 92 },
  { field: 'rows', width: 64 },
  { field: 'flags', width: 190 },
];

const DEFAULTS: Preferences = {
  theme: 'system',
  density: 'regular',
  zone: 'UTC',
  letters: true,
  scale: 'linear',
  columns: DEFAULT_COLUMNS,
};

const KEY = 'dbwitness.preferences';

/** Preferences of this browser profile: kept where storage is allowed, in memory where not. */
export function createPreferences(storage: Storage | undefined): Store<Preferences> {
  const store = createStore(read(storage));
  store.subscribe(() => {
    try {
      storage?.setItem(KEY, JSON.stringify(store.get()));
    } catch {
      // A full or forbidden storage costs remembering, nothing else.
    }
  });
  return store;
}

function read(storage: Storage | undefined): Preferences {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...DEFAULTS, ...kept } : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

/** Puts theme and density where the style sheets look for them. */
export function applyPreferences(preferences: Preferences, root: HTMLElement): void {
  if (preferences.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = preferences.theme;
  root.dataset.density = preferences.density;
}
