import * as z from 'zod';
import { reads, writes } from './request.ts';

export interface CaseSummary {
  readonly id: string;
  /** Opaque handle to open it again. */
  readonly ref: string;
  readonly name: string;
  readonly purpose: string;
  readonly authority: string;
  readonly requester: string;
  readonly classification: string;
  readonly createdAt: string;
  readonly openedAt?: string;
  readonly exhibits: number;
  readonly events: number;
  readonly bytes: number;
  readonly lastSeal?: string;
  readonly ledger: {
    readonly entries: number;
    readonly state: 'intact' | 'recovered' | 'broken';
    readonly unsigned: number;
  };
  /** Set when another process has it open. */
  readonly lockedBy?: string;
}

export interface EstateSummary {
  readonly zone: string;
  readonly hours: boolean;
  readonly sensitive: number;
  readonly privileged: number;
  readonly shared: number;
  readonly service: number;
  readonly accessPaths: number;
}

export interface OpenCase extends CaseSummary {
  /** Rises with every publish; caches are keyed by it. */
  readonly dataVersion: number;
  readonly mode: 'examiner' | 'auditor';
  /** First and last event, µs UTC. */
  readonly span?: { readonly from: number; readonly to: number };
  /** What the attached estate file says, in numbers; without one, rules that need it cannot run. */
  readonly estate?: EstateSummary;
  /** Auditor mode: the package that was opened, what verification said, and by which fingerprint. `ref` is its handle. */
  readonly package?: { readonly digest: string; readonly verdict: string; readonly fingerprint?: string };
}

export const newCaseSchema = z.strictObject({
  name: z.string().min(1).max(200),
  purpose: z.string().default(''),
  authority: z.string().default(''),
  requester: z.string().default(''),
  classification: z.string().default(''),
  place: z.string().default(''),
  examiner: z.string().default(''),
  /** Name of the case's folder, taken as it is: it may exist, but must hold nothing. Without one a name is made. */
  folder: z.string().optional(),
});
export type NewCase = z.infer<typeof newCaseSchema>;

export const casesList = reads<Record<string, never>, readonly CaseSummary[]>(
  'cases/list',
  z.strictObject({}),
);
export const casesCreate = writes<NewCase, OpenCase>('cases/create', newCaseSchema);
export const casesOpen = reads<{ ref: string }, OpenCase>('cases/open', z.strictObject({ ref: z.string() }));
export const casesCurrent = reads<Record<string, never>, OpenCase | undefined>(
  'cases/current',
  z.strictObject({}),
);
export const casesClose = reads<Record<string, never>, undefined>('cases/close', z.strictObject({}));
/** Opens a sealed package read-only: verified first, then rebuilt into a temporary database. Auditor mode. */
export const casesOpenPackage = reads<{ file: string; fingerprint?: string | undefined }, OpenCase>(
  'cases/open-package',
  z.strictObject({ file: z.string(), fingerprint: z.string().optional() }),
);
/** Puts an estate file into the case: who is privileged, what is sensitive, which hours. Flags are worked out anew. */
export const casesAttachEstate = writes<{ file: string }, OpenCase>(
  'cases/attach-estate',
  z.strictObject({ file: z.string() }),
);
