import * as z from 'zod';
import { reads, writes } from './request.ts';

export interface FormatGuess {
  readonly format: string;
  readonly title: string;
  readonly confidence: 'certain' | 'strong' | 'weak' | 'no';
  readonly because: string;
}

/** What a file would become, before anything is committed. */
export interface Preview {
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
  readonly compression?: 'gzip' | 'zstd';
  /** Best first; empty when nothing recognises it. */
  readonly guesses: readonly FormatGuess[];
  readonly encoding: string;
  /** Whether stamps carry a zone, and which; `ask` when the examiner must say. */
  readonly zone: { readonly state: 'in record' | 'ask'; readonly note: string };
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

export interface RangeCount {
  readonly kind: 'records' | 'ignored' | 'rejected';
  readonly code?: string;
  readonly message?: string;
  readonly ranges: number;
  readonly bytes: number;
  readonly records: number;
}

export interface Exhibit {
  readonly id: string;
  readonly name: string;
  readonly parent?: string;
  readonly derivation?: string;
  readonly source: string;
  readonly state: 'imported' | 'failed' | 'registered';
  readonly error?: { readonly code: string; readonly message: string };
  readonly bytes: number;
  readonly sha256: string;
  readonly sha512: string;
  readonly blocksRoot: string;
  readonly format?: string;
  readonly formatTitle?: string;
  readonly because?: string;
  readonly product?: string;
  readonly server?: string;
  readonly zone?: string;
  readonly zoneBasis?: string;
  /** Clock offset of the source in ms that is added to its times. */
  readonly offsetMs: number;
  readonly records: number;
  readonly first?: number;
  readonly last?: number;
  readonly ranges: readonly RangeCount[];
  readonly problems: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly byte?: number;
    readonly line?: number;
  }[];
  readonly providerDigest: 'matches' | 'differs' | 'none-given';
  readonly facts: Readonly<Record<string, string>>;
  readonly importedAt: string;
}

export interface RejectedRange {
  readonly exhibit: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly kind: 'ignored' | 'rejected';
  readonly code: string;
  readonly message: string;
}

/** Bytes of an exhibit with the block that covers them; at most 64 KiB a call. */
export interface ByteView {
  readonly exhibit: string;
  readonly from: number;
  readonly to: number;
  readonly base64: string;
  readonly firstBlock: number;
  readonly lastBlock: number;
}

export const importItemSchema = z.strictObject({
  file: z.string(),
  format: z.string().optional(),
  zone: z.string().optional(),
  encoding: z.enum(['latin1', 'cp1252']).optional(),
  linePrefix: z.string().optional(),
  offsetMs: z.number().int().optional(),
  source: z.string().optional(),
  providerDigest: z.string().optional(),
  facts: z.record(z.string(), z.string()).optional(),
});
export type ImportItem = z.infer<typeof importItemSchema>;

/** What became of one file of an import. One that failed never spoils the others. */
export interface ImportOutcome {
  readonly file: string;
  readonly name: string;
  readonly exhibits: readonly Exhibit[];
  readonly error?: { readonly code: string; readonly message: string; readonly next?: string };
}

export const evidencePreview = reads<
  { file: string; format?: string | undefined; zone?: string | undefined },
  Preview
>(
  'evidence/preview',
  z.strictObject({ file: z.string(), format: z.string().optional(), zone: z.string().optional() }),
);
export const evidenceImport = writes<{ items: ImportItem[] }, readonly ImportOutcome[]>(
  'evidence/import',
  z.strictObject({ items: z.array(importItemSchema) }),
);
export const evidenceList = reads<Record<string, never>, readonly Exhibit[]>(
  'evidence/list',
  z.strictObject({}),
);
export const evidenceRanges = reads<
  { exhibit: string; offset: number; limit: number },
  readonly RejectedRange[]
>(
  'evidence/ranges',
  z.strictObject({
    exhibit: z.string(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(1000),
  }),
);
export const evidenceBytes = reads<{ exhibit: string; from: number; to: number }, ByteView>(
  'evidence/bytes',
  z.strictObject({ exhibit: z.string(), from: z.number().int().min(0), to: z.number().int().min(0) }),
);
export const evidenceSetOffset = writes<
  { source: string; offsetMs: number; method: string; note: string },
  readonly Exhibit[]
>(
  'evidence/set-offset',
  z.strictObject({ source: z.string(), offsetMs: z.number().int(), method: z.string(), note: z.string() }),
);
export const evidenceVerify = writes<
  Record<string, never>,
  readonly { exhibit: string; ok: boolean; detail: string }[]
>('evidence/verify', z.strictObject({}));
export const evidenceFormats = reads<
  Record<string, never>,
  readonly { id: string; title: string; product: string }[]
>('evidence/formats', z.strictObject({}));
