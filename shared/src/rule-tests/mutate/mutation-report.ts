/** What is changed in a rule to see whether a test notices. */
export const MUTATIONS = {
  'selection dropped': 'a search, or a part of the condition, is left out',
  'operator flipped': 'and becomes or, or becomes and',
  'not flipped': 'a not is added or taken away',
  'quantifier changed': '1 of becomes all of, all of becomes 1 of',
  'item dropped': 'a field of a search, or an alternative, is left out',
  'value dropped': 'one of several values is left out',
  'modifier dropped': 'a modifier is left out',
  'modifier weakened': 'a modifier becomes one that more values pass',
  'value flipped': 'true becomes false, false becomes true',
  'threshold moved':
    'a number that is compared with is one more or one less, or its comparison is the next one',
  'timespan changed': 'a time span is half or twice as long',
  'group dropped': 'a field that a correlation groups by is left out',
  'order dropped': 'rules may match in any order',
} as const;

export type Mutation = keyof typeof MUTATIONS;

/** A change of a rule that its tests did or did not notice. */
export interface MutantResult {
  readonly mutation: Mutation;
  readonly file: string;
  readonly line: number;
  /** The changed lines: as they are with `-`, as they would be with `+`. */
  readonly diff: string;
  /** The first test that fails with it; without one, no test noticed. */
  readonly noticedBy?: string;
}

export interface MutationReport {
  /** In the order of the file. */
  readonly mutants: readonly MutantResult[];
  /** Changes that make no other rule, or the same as another one: not counted. */
  readonly equivalent: number;
  /** Why no mutant was tried: with failing tests nothing can be noticed. */
  readonly notTried?: string;
}
