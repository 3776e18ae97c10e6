import * as z from 'zod';
import { type Filter, filterSchema, type Sort, sortSchema } from './filter.ts';
import { reads } from './request.ts';

/** Values as text for showing (64-bit numbers keep their digits); absent fields are missing. Lists are arrays of text. */
export type EventRow = Readonly<Record<string, string | readonly string[]>>;

/** A filtered, sorted view that can be paged by position. */
export interface EventView {
  readonly view: string;
  readonly rows: number;
  readonly dataVersion: number;
}

export interface EventDetail {
  readonly event: EventRow;
  /** Field dictionary order, with what each means. */
  readonly fields: readonly { readonly name: string; readonly value: string; readonly meaning: string }[];
  readonly raw: {
    readonly base64: string;
    readonly from: number;
    readonly to: number;
    readonly exhibit: string;
    readonly line: number;
    readonly firstBlock: number;
    readonly lastBlock: number;
  };
  readonly statement?: {
    readonly text: string;
    readonly action: string;
    readonly class: string;
    readonly parser: string;
    readonly confidence: string;
    readonly objects: readonly { readonly type: string; readonly name: string; readonly access: string }[];
    readonly columns: readonly string[];
    readonly flags: readonly string[];
    /** How often this very text was run in the case. */
    readonly uses: number;
  };
  readonly findings: readonly {
    readonly id: string;
    readonly rule: string;
    readonly title: string;
    readonly level: string;
  }[];
  readonly notes: readonly { readonly id: string; readonly at: string; readonly text: string }[];
  readonly tags: readonly string[];
}

export const eventsView = reads<{ filter: Filter; sort?: Sort | undefined }, EventView>(
  'events/view',
  z.strictObject({ filter: filterSchema, sort: sortSchema.optional() }),
);
export const eventsPage = reads<
  { view: string; from: number; count: number; fields: string[] },
  readonly EventRow[]
>(
  'events/page',
  z.strictObject({
    view: z.string(),
    from: z.number().int().min(0),
    count: z.number().int().min(1).max(500),
    fields: z.array(z.string()),
  }),
);
/** Position in the view of the first event at or after a time, or of an event by id; -1 when it is not in the view. */
export const eventsLocate = reads<
  { view: string; time?: number | undefined; event?: string | undefined },
  number
>(
  'events/locate',
  z.strictObject({ view: z.string(), time: z.number().optional(), event: z.string().optional() }),
);
export const eventsDetail = reads<{ event: string }, EventDetail>(
  'events/detail',
  z.strictObject({ event: z.string() }),
);
export const eventsFields = reads<
  Record<string, never>,
  readonly { name: string; type: string; meaning: string }[]
>('events/fields', z.strictObject({}));
