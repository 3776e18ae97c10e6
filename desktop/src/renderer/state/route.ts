import { createStore, type Store } from './store.ts';

export const SCREENS = [
  'cases',
  'evidence',
  'timeline',
  'sessions',
  'findings',
  'custody',
  'report',
  'package',
] as const;
export type Screen = (typeof SCREENS)[number];

/** Where the person is; `item` names one thing on the screen (a session, a finding, an event). */
export interface Route {
  readonly screen: Screen;
  readonly item?: string;
}

export function parseRoute(hash: string): Route {
  const [screen = '', item] = hash.replace(/^#\/?/, '').split('/');
  const known = SCREENS.find((one) => one === screen) ?? 'cases';
  if (item === undefined || item === '') return { screen: known };
  try {
    return { screen: known, item: decodeURIComponent(item) };
  } catch {
    return { screen: known };
  }
}

export function formatRoute({ screen, item }: Route): string {
  return item === undefined ? `#/${screen}` : `#/${screen}/${encodeURIComponent(item)}`;
}

/** The route, kept in the address so that back and forward work. */
export function createRouter(): Store<Route> {
  const store = createStore(parseRoute(location.hash));
  store.subscribe(() => {
    const hash = formatRoute(store.get());
    if (location.hash !== hash) history.pushState(undefined, '', hash);
  });
  const follow = () => {
    if (formatRoute(store.get()) !== formatRoute(parseRoute(location.hash)))
      store.set(parseRoute(location.hash));
  };
  addEventListener('popstate', follow);
  addEventListener('hashchange', follow);
  return store;
}
