import * as z from 'zod';
import { reads } from './request.ts';

export interface SessionSummary {
  /** Source, format, the server's session id and which of the sessions under it: server ids return. */
  readonly id: string;
  readonly source: string;
  readonly session: string;
  readonly user?: string;
  readonly database?: string;
  readonly client?: string;
  readonly application?: string;
  readonly from: number;
  readonly to: number;
  readonly events: number;
  readonly statements: number;
  readonly failures: number;
  readonly classes: Readonly<Record<string, number>>;
  readonly start: 'connected' | 'before the record begins' | 'not seen';
  readonly end: 'disconnected' | 'server crash' | 'terminated' | 'client lost' | 'login failed' | 'not seen';
  /** How it was put together, and how sure that is. */
  readonly basis: string;
  readonly holes: number;
  readonly findings: number;
  readonly uncertain?: string;
}

export const sessionFilterSchema = z.strictObject({
  user: z.string().optional(),
  database: z.string().optional(),
  client: z.string().optional(),
  source: z.string().optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  only: z.enum(['all', 'with findings', 'with holes', 'failed logins', 'torn']).default('all'),
  sort: z.enum(['from', 'events', 'failures', 'findings', 'length']).default('from'),
});
export type SessionFilter = z.infer<typeof sessionFilterSchema>;

export interface SessionDetail extends SessionSummary {
  readonly timeline: readonly {
    readonly event: string;
    readonly time: number;
    readonly action: string;
    readonly object?: string;
    readonly statement?: string;
    readonly result: string;
    readonly rows?: number;
    readonly message?: string;
    readonly hole?: { readonly missing: number; readonly what: string };
  }[];
  readonly truncatedAt?: number;
}

export const sessionsList = reads<
  { filter: SessionFilter; offset: number; limit: number },
  { total: number; sessions: readonly SessionSummary[] }
>(
  'sessions/list',
  z.strictObject({
    filter: sessionFilterSchema,
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(1000),
  }),
);
/** The id of the session that an event belongs to; undefined where its log says none. */
export const sessionsOfEvent = reads<{ event: string }, string | undefined>(
  'sessions/of-event',
  z.strictObject({ event: z.string() }),
);
export const sessionsDetail = reads<{ id: string; limit: number }, SessionDetail>(
  'sessions/detail',
  z.strictObject({ id: z.string(), limit: z.number().int().min(1).max(5000) }),
);
