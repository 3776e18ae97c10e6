import { openEnd, openStart, type Pattern } from '../values/pattern.ts';
import type { Modifier } from './modifier.ts';

export const contains: Modifier = {
  name: 'contains',
  role: 'pattern',
  // `contains: ''` is any value that is there, as `*` is.
  apply: (pattern) => [
    pattern.length === 0 ? ([{ kind: 'any' }] satisfies Pattern) : openEnd(openStart(pattern)),
  ],
};

export const startswith: Modifier = {
  name: 'startswith',
  role: 'pattern',
  apply: (pattern) => [openEnd(pattern)],
};

export const endswith: Modifier = {
  name: 'endswith',
  role: 'pattern',
  apply: (pattern) => [openStart(pattern)],
};
