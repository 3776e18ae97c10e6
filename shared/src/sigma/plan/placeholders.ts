import type { Estate } from '../../estate/estate.ts';

/** Values of `%name%`; undefined where nothing defines it. */
export type Placeholders = (name: string) => readonly string[] | undefined;

/** Names of the estate's lists that rules may expand. An empty list is a value: nothing is on it. */
const LISTS = ['privileged_users', 'shared_accounts', 'service_accounts', 'access_paths'] as const;

/** Placeholders from an estate: its lists by name, and `sensitive_objects`. Without an estate nothing is defined. */
export function estatePlaceholders(estate: Estate | undefined): Placeholders {
  return (name) => {
    if (estate === undefined) return undefined;
    if (name === 'sensitive_objects') return estate.sensitive.map((entry) => entry.object);
    const list = LISTS.find((candidate) => candidate === name);
    return list === undefined ? undefined : estate[list];
  };
}
