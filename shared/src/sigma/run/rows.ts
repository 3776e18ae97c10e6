import type { Cancel } from '../../text/cancel.ts';
import type { SqlEngine, SqlRow } from '../detection.ts';

/** Thrown when the caller lost interest; a run ends with it, it is no fault of a rule. */
export class RunCancelled extends Error {
  constructor() {
    super('the run was cancelled');
    this.name = 'RunCancelled';
  }
}

/** Rows of `sql` in order, in batches where the engine can. */
export async function* rowsOf(
  engine: SqlEngine,
  sql: string,
  signal: Cancel | undefined,
): AsyncGenerator<readonly SqlRow[]> {
  if (engine.stream === undefined) {
    yield await engine.all(sql, [], signal);
    return;
  }
  for await (const batch of engine.stream(sql, [], signal)) {
    if (signal?.aborted === true) throw new RunCancelled();
    yield batch;
  }
}
