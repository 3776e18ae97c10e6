import * as z from 'zod';
import type { EventRow } from './events.ts';
import { reads, writes } from './request.ts';

export const TRIAGE_STATES = ['new', 'confirmed', 'benign', 'needs more'] as const;
export type Triage = (typeof TRIAGE_STATES)[number];
export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical';

export interface Finding {
  /** Stable across runs: rule id and first event. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly tags: readonly string[];
  readonly triage: Triage;
  readonly count: number;
  readonly events: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly user?: string;
  readonly object?: string;
  readonly source: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly value?: number;
  /** Correlations: its window reaches beyond what was recorded, so that records of it may be missing. */
  readonly windowIncomplete?: true;
  /** Which selections of the rule were met. */
  readonly selections: readonly string[];
  readonly notes: readonly {
    readonly id: string;
    readonly at: string;
    readonly by: string;
    readonly text: string;
  }[];
  readonly userTags: readonly string[];
}

export interface FindingDetail extends Finding {
  readonly description: string;
  readonly author: string;
  readonly references: readonly string[];
  readonly falsepositives: readonly string[];
  readonly ruleText: string;
  readonly sql: string;
  /** The cited events with the fields that met the rule. */
  readonly why: readonly {
    readonly event: string;
    /** Time, actor, act and object of the record, whether the rule asked for them or not. */
    readonly record: EventRow;
    readonly fields: readonly { readonly name: string; readonly value: string }[];
  }[];
}

export interface RuleOutcome {
  readonly rule: string;
  readonly title: string;
  readonly status: 'ran' | 'skipped' | 'failed';
  readonly reason?: string;
  /** What would have let it run: an estate that defines what it asks for. */
  readonly needs?: 'estate';
  /** How it ran, where that is less than its text says: “ran without %service_accounts%: nothing was left out”. */
  readonly notes?: readonly string[];
  readonly matches: number;
  readonly absentFields: readonly string[];
  readonly ms: number;
}

export interface DetectResult {
  readonly rules: readonly RuleOutcome[];
  readonly findings: number;
}

export const findingsDetect = writes<{ rules?: string | undefined }, DetectResult>(
  'findings/detect',
  z.strictObject({ rules: z.string().optional() }),
);
export const findingsList = reads<
  Record<string, never>,
  { findings: readonly Finding[]; rules: readonly RuleOutcome[] }
>('findings/list', z.strictObject({}));
export const findingsDetail = reads<{ id: string }, FindingDetail>(
  'findings/detail',
  z.strictObject({ id: z.string() }),
);
export const findingsTriage = writes<{ ids: string[]; triage: Triage }, readonly Finding[]>(
  'findings/triage',
  z.strictObject({ ids: z.array(z.string()).min(1), triage: z.enum(TRIAGE_STATES) }),
);
export const findingsNote = writes<{ id: string; text: string }, Finding>(
  'findings/note',
  z.strictObject({ id: z.string(), text: z.string().min(1).max(20_000) }),
);
export const findingsTag = writes<{ ids: string[]; tag: string; present: boolean }, readonly Finding[]>(
  'findings/tag',
  z.strictObject({ ids: z.array(z.string()).min(1), tag: z.string().min(1).max(60), present: z.boolean() }),
);
