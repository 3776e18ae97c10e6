import type { HostError } from '../request.ts';

/** A failure as the engine would report it. */
export class FakeFailure extends Error {
  readonly error: HostError;
  constructor(error: HostError) {
    super(error.message);
    this.error = error;
  }
}
