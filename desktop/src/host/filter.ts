import * as z from 'zod';

export const FILTER_OPERATORS = [
  'is',
  'contains',
  'starts',
  'at_least',
  'at_most',
  'exists',
  'matches',
] as const;

/** One condition on one field of the event dictionary. `values` are alternatives; `negated` turns the whole clause round. */
export const clauseSchema = z.strictObject({
  id: z.string(),
  field: z.string(),
  operator: z.enum(FILTER_OPERATORS),
  values: z.array(z.string()),
  negated: z.boolean().default(false),
});
export type Clause = z.infer<typeof clauseSchema>;

/** A view of the events: time range in µs UTC (half open), clauses joined by AND, free text over statement, message and object. */
export const filterSchema = z.strictObject({
  from: z.number().optional(),
  to: z.number().optional(),
  text: z.string().optional(),
  clauses: z.array(clauseSchema).default([]),
});
export type Filter = z.infer<typeof filterSchema>;

/** Lets every event through. */
export const NO_FILTER: Filter = { clauses: [] };

export const sortSchema = z.strictObject({
  field: z.string(),
  direction: z.enum(['ascending', 'descending']),
});
export type Sort = z.infer<typeof sortSchema>;
