import type { WindowMatch } from './open-match.ts';

/** From when to when something was recorded, both inclusive. Microseconds since 1970 UTC. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What the data covers, so that a match can say that its window reaches beyond it (SIGMA K5). */
export interface Coverage {
  /** The stretches of which the source of this file has records, in order and apart; undefined: not known. */
  recorded(file: string): readonly Stretch[] | undefined;
}

/**
 * Whether a window of the match reaches beyond what the sources of its events recorded (SIGMA K5). Its windows overlap, so
 * that together they are in one stretch if each is.
 */
export function isIncomplete(
  { incomplete, sources, reach }: WindowMatch,
  coverage: Coverage | undefined,
): boolean {
  if (incomplete || coverage === undefined) return incomplete;
  return [...sources].some((file) => {
    const stretches = coverage.recorded(file);
    return stretches !== undefined && !stretches.some(({ from, to }) => from <= reach.from && reach.to <= to);
  });
}
