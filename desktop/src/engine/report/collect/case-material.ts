import type { NamedText, Person } from '@dbwitness/shared/reports/report-model.ts';
import type { LedgerRow, LedgerState } from '../../../host/custody.ts';
import type { Exhibit } from '../../../host/evidence.ts';
import type { Finding, FindingDetail, RuleOutcome } from '../../../host/findings.ts';
import type { SessionSummary } from '../../../host/sessions.ts';
import type { Gap, SourceSpan } from '../../../host/timeline.ts';

/** A row as text: what DuckDB was asked to give as VARCHAR, and numbers as it gives them. */
export type TextRow = Readonly<Record<string, unknown>>;

/** Everything that a report is made of, as the engine has it. The collector asks for nothing else. */
export interface CaseMaterial {
  readonly case: {
    readonly id: string;
    readonly name: string;
    readonly purpose: string;
    readonly authority: string;
    readonly requester: string;
    readonly classification: string;
  };
  readonly examiner: Person;
  /** How the examiner's key was tied to the person. */
  readonly keyBoundBy: string;
  /** When the report is issued, RFC 3339 UTC. */
  readonly issued: string;
  /** Which report of the case this is, from 1, and the digest of the one that it replaces. */
  readonly version: number;
  readonly supersedes?: string;
  readonly exhibits: readonly (Exhibit & { readonly modified?: string })[];
  /** What reading every exhibit again said; empty for a preview, which does not read them. */
  readonly reread: readonly Reread[];
  readonly findings: readonly Finding[];
  /** Description, other explanations and the fields that met the rule, of one finding. */
  detail(id: string): Promise<FindingDetail>;
  readonly outcomes: readonly RuleOutcome[];
  /** The rules as they were run. */
  readonly rules: readonly RuleText[];
  readonly gaps: readonly Gap[];
  readonly sources: readonly SourceSpan[];
  /** How the clock offset of a source was found. */
  readonly clocks: Readonly<Record<string, { readonly method: string; readonly note: string }>>;
  /** Sessions that hold a cited record, in order of time. */
  readonly sessions: readonly SessionSummary[];
  readonly ledger: { readonly state: LedgerState; readonly rows: readonly LedgerRow[] };
  readonly checkpoints: readonly { readonly origin: string; readonly size: number; readonly root: string }[];
  readonly tool: { readonly version: string; readonly commit: string; readonly lockfileSha256: string };
  readonly environment: readonly NamedText[];
  readonly settings: readonly NamedText[];
  /** Runs one query of the report over the case's tables. */
  query(sql: string, params: readonly string[], signal?: AbortSignal): Promise<readonly TextRow[]>;
}

export interface Reread {
  readonly exhibit: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly sha256?: string;
  readonly sha512?: string;
}

export interface RuleText {
  readonly key: string;
  readonly title: string;
  readonly level: string;
  /** Date of the last change, as the rule says it. */
  readonly version: string;
  readonly text: string;
}
