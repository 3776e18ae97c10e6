import type { Edit } from '../../sigma/lint/finding.ts';
import type { ReadDocument } from '../../sigma/load-rules.ts';
import type { Mutation } from './mutation-report.ts';

/** A change of a rule's text. */
export interface Mutant {
  readonly mutation: Mutation;
  readonly edit: Edit;
}

/** Makes mutants of a document. What they change is found in what was read of it; whether it is still a rule is seen later. */
export type Mutator = (document: ReadDocument) => Iterable<Mutant>;
