import type { Estate } from '../../estate/estate.ts';

/** Values of `%name%`; undefined where nothing defines it. */
export type Placeholders = (name: string) => readonly string[] | undefined;

/** Names of the estate's lists that rules may expand. An empty list is a value: nothing is on it. */
const LISTS = ['privileged_users', 'shared_accounts', 'service_accounts', 'access_paths'] as const;

/**
 * Placeholders from an estate: its lists by name, `sensitive_objects`, and what it names under `placeholders` (SIGMA P1).
 * Without an estate nothing is defined.
 */
export function estatePlaceholders(estate: Estate | undefined): Placeholders {
  return (name) => {
    if (estate === undefined) return undefined;
    if (name === 'sensitive_objects') return estate.sensitive.map((entry) => entry.object);
    const list = LISTS.find((candidate) => candidate === name);
    if (list !== undefined) return estate[list];
    const own = estate.placeholders ?? {};
    return Object.hasOwn(own, name) ? own[name] : undefined;
  };
}
