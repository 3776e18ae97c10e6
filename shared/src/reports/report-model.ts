/**
 * `report.json`: the signed truth of a report (EVIDENCE §12). HTML, PDF and JSON-LD are pure functions of it and add
 * nothing. I-JSON only: integers within ±(2^53−1), text, booleans, lists and records; never a float, never null, and
 * what is not known is the text `not stated` where a reader would look for it, or an absent field where it is optional.
 */
export interface Report {
  readonly profile: 'urn:dbwitness:report:v1';
  readonly identity: ReportIdentity;
  /** The examiner's own words; empty when none were written. */
  readonly summary: string;
  readonly conclusions: string;
  readonly evidence: readonly EvidenceItem[];
  readonly custody: CustodyChain;
  readonly integrity: Integrity;
  readonly time: readonly SourceTime[];
  readonly method: Method;
  readonly findings: readonly ReportFinding[];
  readonly coverage: Coverage;
  readonly sessions: SessionsOverview;
  readonly closing: Closing;
}

/** What stands where nobody said anything: stored, never left out (EVIDENCE §2). */
export const NOT_STATED = 'not stated';

/** An instant: UTC as ISO 8601 with `Z`, and the same instant in the report's zone where that is not UTC. */
export interface Moment {
  readonly utc: string;
  readonly local?: string;
}

/**
 * A number and what produced it: `query:<id>`, `rule:<id>` or `procedure:<id>`, each explained under `method`.
 * Counts that could pass 2^53 do not occur: a case ends at some hundred million events.
 */
export interface Figure {
  readonly value: number;
  readonly by: FigureSource;
}
export type FigureSource = `query:${string}` | `rule:${string}` | `procedure:${string}`;

export interface ReportIdentity {
  /** UUID of this report in this version. */
  readonly id: string;
  /** 1 for the first report of the case. */
  readonly version: number;
  /** SHA-256 of the `report.json` that this one replaces. */
  readonly supersedes?: string;
  readonly title: string;
  readonly case: { readonly id: string; readonly name: string };
  readonly exhibits: readonly string[];
  /** Exhibits that were acquired as they are, not derived from another. */
  readonly rootExhibits: readonly string[];
  readonly requester: string;
  readonly purpose: string;
  readonly authority: string;
  readonly classification: string;
  readonly examiner: Person;
  /** First exhibit taken in. */
  readonly received?: Moment;
  /** From the first to the last act on the evidence. */
  readonly examined?: { readonly from: Moment; readonly to: Moment };
  readonly issued: Moment;
  /** IANA zone of every `local` time. */
  readonly zone: string;
}

export interface Person {
  readonly name: string;
  readonly role: string;
  readonly organisation: string;
  /** 64 hex digits: SHA-256 of the public key; absent while no identity was unlocked. */
  readonly fingerprint?: string;
}

/** A digest as it was at three moments: nothing changed between them, or the report says so. */
export interface DigestHistory {
  readonly algorithm: 'SHA-256' | 'SHA-512';
  readonly acquired: string;
  readonly imported: string;
  /** When the report was made; absent when the bytes were not read again. */
  readonly reported?: string;
}

export interface EvidenceItem {
  readonly id: string;
  readonly parent?: string;
  /** How a derived exhibit was made from its parent: `gunzip`, `zip-member:3`. */
  readonly derivation?: string;
  readonly source: string;
  readonly state: 'imported' | 'failed' | 'registered';
  readonly original: { readonly name: string; readonly bytes: Figure; readonly modified: string };
  readonly system: {
    readonly product: string;
    readonly version: string;
    readonly host: string;
    /** Audit facility that wrote the log, and its policy at the time. */
    readonly facility: string;
    readonly policy: string;
  };
  readonly acquisition: {
    readonly method: string;
    readonly tool: string;
    readonly person: string;
    readonly place: string;
    readonly at: string;
    readonly imported: Moment;
    /** What the comparison with the provider's own digest said. */
    readonly providerDigest: 'matches' | 'differs' | 'none given';
    readonly writeProtection: string;
    readonly retention: string;
    readonly lock: string;
    readonly hold: string;
  };
  /** What else was declared at intake, under the names that were used. */
  readonly declared: readonly NamedText[];
  readonly digests: readonly DigestHistory[];
  /** Root of the tree over 64 KiB blocks (EVIDENCE §3). */
  readonly blocks: { readonly size: number; readonly root: string };
  readonly format: {
    readonly id: string;
    readonly title: string;
    readonly because: string;
    readonly parser: string;
  };
  readonly encoding: string;
  readonly zone: { readonly name: string; readonly basis: string };
  readonly records: Figure;
  readonly first?: Moment;
  readonly last?: Moment;
  /** Every byte of the exhibit, by what became of it; the bytes add up to the size. */
  readonly ranges: readonly RangeAccount[];
  readonly problems: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly at: string;
  }[];
}

export interface RangeAccount {
  readonly kind: 'records' | 'ignored' | 'rejected';
  readonly code?: string;
  readonly reason: string;
  readonly ranges: Figure;
  readonly bytes: Figure;
  readonly records: Figure;
}

export interface CustodyChain {
  /** Size, root and head of the ledger that the report cites; the seal is the next entry. */
  readonly ledger: { readonly size: number; readonly root: string; readonly head: string };
  readonly intact: boolean;
  readonly problems: readonly string[];
  readonly entries: readonly CustodyEntry[];
}

export interface CustodyEntry {
  readonly seq: number;
  readonly at: Moment;
  readonly act: string;
  readonly actor: string;
  readonly role: string;
  readonly object: readonly string[];
  /** The act in a sentence: from → to, condition, result of a hash check. */
  readonly summary: string;
  readonly place: string;
  readonly purpose: string;
  readonly authority: string;
  readonly signature: 'valid' | 'invalid' | 'unsigned' | 'adopted';
  readonly hash: string;
  readonly prev: string;
}

export interface Integrity {
  /** One of each exhibit: what re-reading it said when the report was made. */
  readonly exhibits: readonly { readonly exhibit: string; readonly ok: boolean; readonly detail: string }[];
  readonly checkpoints: readonly { readonly origin: string; readonly size: number; readonly root: string }[];
  readonly key: { readonly fingerprint: string; readonly boundBy: string };
  /** Time-stamp tokens; empty while none is attached. */
  readonly tokens: readonly { readonly authority: string; readonly time: string }[];
  readonly continuity: readonly SourceContinuity[];
  /** What this kind of log is known to lose, with the reason. */
  readonly knownLoss: readonly KnownLoss[];
}

export interface KnownLoss {
  readonly facility: string;
  readonly exhibits: readonly string[];
  readonly statement: string;
  readonly reference: string;
}

export type ContinuityVerdict = 'proven' | 'holes' | 'holes with benign cause' | 'no continuity field';

export interface SourceContinuity {
  readonly source: string;
  readonly exhibits: readonly string[];
  readonly verdict: ContinuityVerdict;
  readonly events: Figure;
  readonly holes: readonly Stretch[];
}

/** A stretch about which the record says less than everything. */
export interface Stretch {
  readonly id: string;
  readonly kind:
    | 'not recorded'
    | 'narrowed'
    | 'hole'
    | 'hole with benign cause'
    | 'no continuity field'
    | 'outside the export';
  readonly source: string;
  readonly session?: string;
  readonly from: Moment;
  readonly to: Moment;
  readonly missing?: Figure;
  /** Records on both sides. */
  readonly before?: string;
  readonly after?: string;
  readonly what: string;
  readonly benign: readonly string[];
  readonly setting?: string;
}

/** Offset, skew and drift in the sense of RFC 2330: an offset is a difference at one moment, skew its rate, drift the rate's change. */
export interface SourceTime {
  readonly source: string;
  readonly product: string;
  readonly exhibits: readonly string[];
  readonly from: Moment;
  readonly to: Moment;
  readonly events: Figure;
  /** Added to every time of the source; raw times are kept. */
  readonly offsetMs: number;
  readonly method: string;
  readonly anchors: readonly string[];
  readonly spread: string;
  readonly confidence: string;
  /** How the zone of the stamps was known. */
  readonly zones: readonly string[];
}

export interface Method {
  readonly tool: {
    readonly name: string;
    readonly version: string;
    readonly commit: string;
    readonly lockfileSha256: string;
  };
  readonly environment: readonly NamedText[];
  readonly settings: readonly NamedText[];
  readonly rules: readonly RuleUsed[];
  readonly queries: readonly QueryUsed[];
  readonly procedures: readonly { readonly id: string; readonly what: string }[];
  readonly rerun: string;
}

export interface NamedText {
  readonly name: string;
  readonly value: string;
}

export interface RuleUsed {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  /** Date of the rule's last change, as it says itself. */
  readonly version: string;
  readonly sha256: string;
  readonly status: 'ran' | 'skipped' | 'failed';
  readonly reason?: string;
  readonly matches: Figure;
  /** Fields that it asks for and no event of the case has: it could not have fired by them. */
  readonly absentFields: readonly string[];
}

export interface QueryUsed {
  readonly id: string;
  readonly what: string;
  readonly sql: string;
  readonly parameters: readonly string[];
  readonly sha256: string;
  readonly rows: number;
}

export interface ReportFinding {
  readonly id: string;
  /** Number in this report, from 1: `F1`. */
  readonly label: string;
  readonly title: string;
  readonly level: 'informational' | 'low' | 'medium' | 'high' | 'critical';
  readonly triage: string;
  readonly rule: {
    readonly id: string;
    readonly title: string;
    readonly author: string;
    readonly description: string;
    readonly references: readonly string[];
    readonly sha256: string;
  };
  readonly tags: readonly string[];
  readonly analystTags: readonly string[];
  readonly source: string;
  readonly user?: string;
  readonly object?: string;
  readonly first: Moment;
  readonly last: Moment;
  readonly count: Figure;
  readonly peak?: Figure;
  readonly group: readonly NamedText[];
  /** Of a correlation: its window reaches beyond what was recorded. */
  readonly windowIncomplete?: true;
  readonly selections: readonly string[];
  readonly alternatives: readonly Alternative[];
  readonly notes: readonly { readonly at: string; readonly by: string; readonly text: string }[];
  /** Every cited record; the first ones are shown in full under `records`. */
  readonly cites: readonly string[];
  readonly records: readonly CitedRecord[];
  /** Stretches that overlap the finding: what else may have happened and was not written down. */
  readonly blind: readonly string[];
}

/** Another way to read the same records: from the rule, or from the examiner. */
export interface Alternative {
  readonly text: string;
  readonly from: string;
}

export interface CitedRecord {
  readonly id: string;
  readonly exhibit: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly time: Moment;
  readonly timeRaw: string;
  /** Fields of the dictionary that the record has, in dictionary order. */
  readonly fields: readonly NamedText[];
  /** Names of the fields that met the rule. */
  readonly met: readonly string[];
  /** Path of the record's proof in the package. */
  readonly proof: string;
}

export interface Coverage {
  /** Rules that could not have fired on this evidence, with the reason. */
  readonly rulesNotRun: readonly { readonly rule: string; readonly title: string; readonly reason: string }[];
  /** Rules that ran, but look at fields which these logs do not carry, or without a list that the estate should give. */
  readonly rulesLimited: readonly {
    readonly rule: string;
    readonly title: string;
    readonly absentFields: readonly string[];
    /** How they ran, as sentences. */
    readonly notes?: readonly string[];
  }[];
  readonly stretches: readonly Stretch[];
  /** Findings that were left out of this report, by triage. */
  readonly leftOut: readonly { readonly triage: string; readonly findings: Figure }[];
}

export interface SessionsOverview {
  readonly total: Figure;
  readonly torn: Figure;
  readonly failedLogins: Figure;
  readonly byUser: readonly SessionGroup[];
  /** Sessions that a finding touches. */
  readonly cited: readonly CitedSession[];
}

export interface SessionGroup {
  readonly source: string;
  readonly user: string;
  readonly sessions: Figure;
  readonly events: Figure;
  readonly failures: Figure;
}

export interface CitedSession {
  readonly id: string;
  readonly source: string;
  readonly user: string;
  readonly database: string;
  readonly client: string;
  readonly application: string;
  readonly from: Moment;
  readonly to: Moment;
  readonly events: Figure;
  readonly failures: Figure;
  readonly start: string;
  readonly end: string;
  readonly basis: string;
  readonly uncertain?: string;
}

export interface Closing {
  /** What a package proves and what it cannot (EVIDENCE §1), printed in every report. */
  readonly limits: readonly Limit[];
  readonly redactions: readonly { readonly what: string; readonly why: string; readonly by: string }[];
  readonly disposition: string;
  readonly amendments: readonly {
    readonly what: string;
    readonly why: string;
    readonly by: string;
    readonly at: string;
  }[];
}

export interface Limit {
  readonly claim: string;
  readonly carriedBy: string;
  readonly cannotProve: string;
}

/** Record ids that the report cites: each gets a proof in the package. In code unit order, each once. */
export function citedRecords(report: Report): readonly string[] {
  return [...new Set(report.findings.flatMap((finding) => finding.cites))].sort();
}
