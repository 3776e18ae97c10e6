import { createContext, useContext, useEffect } from 'react';
import type { OpenCase } from '../../host/cases.ts';
import type { IdentityState } from '../../host/identity.ts';
import type { Verification } from '../../host/report.ts';
import type { Host } from '../../host/request.ts';
import { type Action, type ActionRegistry, createActions } from './actions.ts';
import { createFilterHistory, type FilterHistory } from './filter-history.ts';
import { createPreferences, type Preferences } from './preferences.ts';
import { createRouter, type Route } from './route.ts';
import { createStore, type Store } from './store.ts';

/** Everything that screens share. One per page. */
export interface Workbench {
  readonly host: Host;
  /** `undefined`: no case is open. */
  readonly current: Store<OpenCase | undefined>;
  readonly identity: Store<IdentityState | undefined>;
  /** What verification said of the package that is open, where this page opened it. */
  readonly verified: Store<Verification | undefined>;
  readonly route: Store<Route>;
  readonly preferences: Store<Preferences>;
  readonly filter: FilterHistory;
  readonly actions: ActionRegistry;
  /** What the polite live region says. */
  readonly announcement: Store<string>;
  readonly connection: Store<'open' | 'lost'>;
}

export function createWorkbench(
  host: Host,
  connection: Store<'open' | 'lost'>,
  storage: Storage | undefined,
): Workbench {
  return {
    host,
    connection,
    current: createStore<OpenCase | undefined>(undefined),
    identity: createStore<IdentityState | undefined>(undefined),
    verified: createStore<Verification | undefined>(undefined),
    route: createRouter(),
    preferences: createPreferences(storage),
    filter: createFilterHistory(),
    actions: createActions(),
    announcement: createStore(''),
  };
}

export const WorkbenchContext = createContext<Workbench | undefined>(undefined);

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (workbench === undefined) throw new Error('rendered outside the workbench');
  return workbench;
}

/** Makes actions known while the component stands. `actions` must be memoised. */
export function useActions(actions: readonly Action[]): void {
  const { actions: registry } = useWorkbench();
  useEffect(() => registry.add(actions), [registry, actions]);
}

/** Nothing may be changed: a package is open, or the host offers no writing requests. */
export function isReadOnly(workbench: Workbench, current: OpenCase | undefined): boolean {
  return workbench.host.capabilities.readOnly || current?.mode === 'auditor';
}
