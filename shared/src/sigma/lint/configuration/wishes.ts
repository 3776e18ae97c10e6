import type { Severity } from '../../../text/problem.ts';
import type { OptionValue } from '../option-value.ts';
import type { ProfileName } from '../profiles.ts';

export type KnowledgeName = 'attack' | 'd3fend' | 'taxonomy';

/** Paths of newer knowledge files, as written: relative to the configuration. */
export type KnowledgePaths = Readonly<Partial<Record<KnowledgeName, string>>>;

/** Findings that are left out: of a rule by its id, of files by a pattern over their path from the configuration's folder. */
export interface Exclusion {
  readonly rule?: string;
  readonly path?: string;
  /** Undefined: every check. */
  readonly checks?: readonly string[];
}

/** What one form of configuration says beside its profile. */
export interface Wishes {
  readonly profile?: ProfileName;
  /** By id of the check. */
  readonly checks: ReadonlyMap<string, CheckWish>;
  readonly exclusions: readonly Exclusion[];
  readonly knowledge: KnowledgePaths;
}

export interface CheckWish {
  readonly on: boolean;
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, OptionValue>>;
}
