import * as z from 'zod';
import { type Filter, filterSchema } from './filter.ts';
import { reads } from './request.ts';

export interface Histogram {
  readonly from: number;
  readonly to: number;
  /** Width of a bin in µs. */
  readonly bin: number;
  /** Split by this field's values; `series[i]` belongs to `keys[i]`. */
  readonly keys: readonly string[];
  /** Counts per bin, one array a key. */
  readonly series: readonly (readonly number[])[];
  readonly total: number;
  /** Events without a usable time: shown in their own lane, never on the axis. */
  readonly unplaced: number;
}

export type GapKind =
  | 'not_recorded'
  | 'narrowed'
  | 'hole'
  | 'hole_benign'
  | 'no_continuity_field'
  | 'outside_export';

/** A stretch about which the record says less than everything. */
export interface Gap {
  readonly id: string;
  readonly kind: GapKind;
  readonly source: string;
  readonly session?: string;
  /** µs UTC. */
  readonly from: number;
  readonly to: number;
  /** How many records are missing, where the continuity field tells. */
  readonly missing?: number;
  /** The records on both sides. */
  readonly before?: string;
  readonly after?: string;
  /** What was found, in a sentence. */
  readonly what: string;
  /** Causes on record that would explain it harmlessly (restart, rotation, crash). */
  readonly benign: readonly string[];
  /** Settings of the audit that held in the stretch, where known. */
  readonly setting?: string;
}

/** From the first to the last record of a source. */
export interface SourceSpan {
  readonly source: string;
  readonly product: string;
  readonly exhibits: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly events: number;
  readonly offsetMs: number;
  readonly continuity: 'proven' | 'holes' | 'no field';
}

export interface Facet {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly others: number;
  readonly absent: number;
}

export const timelineHistogram = reads<{ filter: Filter; bins: number; split: string }, Histogram>(
  'timeline/histogram',
  z.strictObject({ filter: filterSchema, bins: z.number().int().min(1).max(4000), split: z.string() }),
);
export const timelineGaps = reads<{ source?: string | undefined }, readonly Gap[]>(
  'timeline/gaps',
  z.strictObject({ source: z.string().optional() }),
);
export const timelineSources = reads<Record<string, never>, readonly SourceSpan[]>(
  'timeline/sources',
  z.strictObject({}),
);
export const timelineFacets = reads<{ filter: Filter; fields: string[]; limit: number }, readonly Facet[]>(
  'timeline/facets',
  z.strictObject({
    filter: filterSchema,
    fields: z.array(z.string()).max(20),
    limit: z.number().int().min(1).max(200),
  }),
);
