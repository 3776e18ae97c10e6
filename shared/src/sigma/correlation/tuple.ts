import { fold } from '../values/fold.ts';

/** One text for values that are equal as texts are to people (SIGMA R4), and for no others. */
export function tupleKey(values: readonly (string | undefined)[]): string {
  const [only = '', ...more] = values;
  return more.length === 0 ? fold(only) : JSON.stringify(values.map((value) => fold(value ?? '')));
}
