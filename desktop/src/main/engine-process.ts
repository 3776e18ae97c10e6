import * as z from 'zod';

/** What the engine process may ask of the shell: a file dialog. Everything else goes between page and engine. */
export const shellRequestSchema = z.strictObject({
  ask: z.literal('pick'),
  id: z.number().int(),
  kind: z.enum(['evidence', 'package', 'estate', 'save']),
});
export type ShellRequest = z.infer<typeof shellRequestSchema>;
export interface ShellAnswer {
  readonly answer: 'pick';
  readonly id: number;
  readonly paths: readonly string[];
}
