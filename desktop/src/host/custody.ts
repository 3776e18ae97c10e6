import * as z from 'zod';
import { reads, writes } from './request.ts';

export interface LedgerRow {
  readonly seq: number;
  readonly at: string;
  readonly act: string;
  readonly actor: string;
  readonly role: string;
  readonly object: readonly string[];
  readonly purpose: string;
  readonly authority: string;
  readonly place: string;
  readonly hash: string;
  readonly prev: string;
  readonly signature: 'valid' | 'invalid' | 'unsigned' | 'adopted';
  /** The act in a sentence, from its body. */
  readonly summary: string;
  readonly body: string;
}

export interface LedgerState {
  readonly size: number;
  readonly root: string;
  readonly head: string;
  readonly intact: boolean;
  readonly problems: readonly { readonly id: string; readonly seq?: number; readonly detail: string }[];
}

export const custodyList = reads<
  { act?: string | undefined; object?: string | undefined; offset: number; limit: number },
  { total: number; rows: readonly LedgerRow[] }
>(
  'custody/list',
  z.strictObject({
    act: z.string().optional(),
    object: z.string().optional(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(1000),
  }),
);
export const custodyVerify = reads<Record<string, never>, LedgerState>('custody/verify', z.strictObject({}));
export const transferSchema = z.strictObject({
  act: z.enum(['custody.transfer', 'custody.checkout', 'custody.checkin']),
  object: z.array(z.string()).min(1),
  from: z.string(),
  to: z.string(),
  place: z.string(),
  purpose: z.string(),
  authority: z.string(),
  condition: z.string(),
});
export const custodyTransfer = writes<z.infer<typeof transferSchema>, LedgerRow>(
  'custody/transfer',
  transferSchema,
);
