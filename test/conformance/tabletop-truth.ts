import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** How the records of an act can be told: every member that is given must hold. */
export interface Marks {
  readonly source?: string;
  readonly user?: string;
  readonly client_ip?: string;
  readonly object?: string;
  readonly statement_contains?: string;
  readonly message_contains?: string;
}

/** One act of the scripted incident, and the rule that has to see it. */
export interface Act {
  readonly id: string;
  readonly what: string;
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly rule: string;
  readonly match: Marks & { readonly at_least?: number; readonly count?: number };
}

/** Who acts in the incident, and when: what they do then is no ordinary traffic. */
export interface Actor extends Marks {
  readonly from: string;
  readonly to: string;
}

/** What a rule may fire on in the ordinary traffic, and why that is right. */
export interface Allowed extends Marks {
  readonly rule: string;
  readonly why: string;
}

/** Text that imitates an audit record and must stay the data that it is. */
export interface Forged extends Marks {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly must_not_fire: { readonly rule: string; readonly object: string };
}

export interface Unrecorded {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export interface Truth {
  readonly from: string;
  readonly to: string;
  readonly sources: readonly {
    readonly id: string;
    readonly zone: string;
    readonly zone_known: string;
    readonly files: readonly {
      readonly path: string;
      readonly format: string;
      readonly bytes: number;
      readonly sha256: string;
    }[];
  }[];
  readonly incident: readonly Act[];
  readonly allowed: readonly Allowed[];
  readonly forged: readonly Forged[];
  readonly actors: readonly Actor[];
  readonly not_recorded: readonly Unrecorded[];
}

export function readTruth(path: string): Truth {
  return parse(readFileSync(path, 'utf8')) as Truth;
}
