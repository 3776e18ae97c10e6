import * as z from 'zod';
import { reads, writes } from './request.ts';

export const reportChoiceSchema = z.strictObject({
  title: z.string().default(''),
  summary: z.string().default(''),
  conclusions: z.string().default(''),
  /** Finding ids; empty means all that are not triaged as benign. */
  findings: z.array(z.string()).default([]),
  zone: z.string().default('UTC'),
});
export type ReportChoice = z.infer<typeof reportChoiceSchema>;

export interface ReportPreview {
  readonly html: string;
  readonly sha256: string;
  /** What a complete report would have and this one lacks. */
  readonly missing: readonly { readonly field: string; readonly why: string }[];
}

export interface Check {
  readonly id: string;
  readonly status: 'pass' | 'fail' | 'warn' | 'not-checked';
  readonly target: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly detail: string;
}

export interface Verification {
  /** 0 verified and signer trusted, 1 failed, 3 intact but not trusted, 4 not a package. */
  readonly exit: 0 | 1 | 2 | 3 | 4;
  readonly verdict: string;
  readonly package: string;
  readonly checks: readonly Check[];
  readonly signers: readonly {
    readonly fingerprint: string;
    readonly name?: string;
    readonly trusted: boolean;
    readonly why: string;
  }[];
  readonly counts: Readonly<Record<string, number>>;
}

export interface SealResult {
  readonly ref: string;
  readonly name: string;
  readonly digest: string;
  readonly bytes: number;
  readonly fingerprint: string;
  readonly verification: Verification;
}

export const reportPreview = reads<ReportChoice, ReportPreview>('report/preview', reportChoiceSchema);
export const reportPdf = reads<ReportChoice, { base64: string; pages: number }>(
  'report/pdf',
  reportChoiceSchema,
);
export const reportSeal = writes<ReportChoice & { form: 'folder' | 'zip' }, SealResult>(
  'report/seal',
  reportChoiceSchema.extend({ form: z.enum(['folder', 'zip']).default('zip') }),
);
export const packageVerify = reads<
  { file: string; fingerprint?: string | undefined; trust?: string | undefined },
  Verification
>(
  'package/verify',
  z.strictObject({ file: z.string(), fingerprint: z.string().optional(), trust: z.string().optional() }),
);
/** A package that was sealed from the open case and still lies where it was written. */
export interface SealedPackageRow {
  /** Handle for `packageVerify`, `casesOpenPackage` and, of a zip, the host's download. */
  readonly ref: string;
  readonly name: string;
  readonly form: 'folder' | 'zip';
  /** Where it lies below the folder of cases. */
  readonly place: string;
  readonly digest: string;
  readonly sealedAt: string;
  readonly bytes: number;
}

/** Newest first. */
export const packagesList = reads<Record<string, never>, readonly SealedPackageRow[]>(
  'package/list',
  z.strictObject({}),
);
