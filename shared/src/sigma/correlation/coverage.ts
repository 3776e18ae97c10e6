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

/** Whether something between `from` and `to` was not recorded by the source of `file`. */
export function reachesBeyond(coverage: Coverage, file: string, from: number, to: number): boolean {
  const stretches = coverage.recorded(file);
  return stretches !== undefined && !stretches.some((one) => one.from <= from && to <= one.to);
}
