import type { OptionValue } from './option-value.ts';

/** What checks know of the world; it is handed in, so that a user can put newer data in its place. */
export interface Knowledge {
  readonly attack: AttackKnowledge;
  readonly taxonomy: TaxonomyKnowledge;
  readonly d3fend: D3fendKnowledge;
}

/** MITRE ATT&CK: ids and short names in lower case, as tags write them. */
export interface AttackKnowledge {
  readonly version: string;
  /** Short name as in tags: `defense-impairment`. */
  readonly tactics: ReadonlySet<string>;
  /** `t1078.001` → its tactics. */
  readonly techniques: ReadonlyMap<string, readonly string[]>;
  /** `t1078.001` → `Default Accounts`. */
  readonly names: ReadonlyMap<string, string>;
  /** Groups, software, mitigations (`g0007`, `s0002`, `m1036`). */
  readonly others: ReadonlySet<string>;
  readonly revoked: ReadonlyMap<string, Replacement>;
}

export interface Replacement {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
}

/** MITRE D3FEND: tactics and techniques in lower case, artefacts in their own case, as tags write them. */
export interface D3fendKnowledge {
  readonly version: string;
  readonly tactics: ReadonlySet<string>;
  readonly techniques: ReadonlySet<string>;
  readonly artefacts: ReadonlySet<string>;
}

/** What is known of log sources, by `product|category|service`, empty where absent. */
export interface TaxonomyKnowledge {
  readonly logsources: ReadonlyMap<string, KnownLogSource>;
  /** Windows categories that imply their event id. */
  readonly categoriesWithEventId: ReadonlySet<string>;
  /** `Provider_Name` values that a log source implies. */
  readonly providers: ReadonlyMap<string, readonly string[]>;
  /** How names of its rule files begin; also for a product as a whole. */
  readonly prefixes: ReadonlyMap<string, string>;
}

export interface KnownLogSource {
  /** Fields of its events; empty: not known. */
  readonly fields: ReadonlySet<string>;
  /** Fields whose value the log source already fixes. */
  readonly redundant: ReadonlySet<string>;
}

export interface LintContext {
  readonly knowledge: Knowledge;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Rule files that have tests beside them; undefined where that is not known. */
  readonly tested: ReadonlySet<string> | undefined;
  /** The check's parameter: the configuration's value, else its default. */
  option<T extends OptionValue>(name: string): T;
}
