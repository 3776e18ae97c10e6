/** A stretch of time in µs UTC, half open. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Narrowest stretch that can be zoomed to: below it a bar would be less than a microsecond. */
const NARROWEST = 1000;

/** `view` zoomed by `factor` (below 1: closer) so that `about` stays where it is, kept inside `bounds`. */
export function zoom(view: Stretch, factor: number, about: number, bounds: Stretch): Stretch {
  const width = Math.min(bounds.to - bounds.from, Math.max(NARROWEST, (view.to - view.from) * factor));
  const share = (about - view.from) / Math.max(1, view.to - view.from);
  return within({ from: about - share * width, to: about + (1 - share) * width }, bounds);
}

/** `view` moved by a share of its width, kept inside `bounds`. */
export function pan(view: Stretch, share: number, bounds: Stretch): Stretch {
  const by = (view.to - view.from) * share;
  return within({ from: view.from + by, to: view.to + by }, bounds);
}

/** The least move that brings `time` into view. */
export function follow(view: Stretch, time: number, bounds: Stretch): Stretch {
  const margin = (view.to - view.from) * 0.05;
  if (time < view.from)
    return within({ from: time - margin, to: time - margin + (view.to - view.from) }, bounds);
  if (time >= view.to)
    return within({ from: time + margin - (view.to - view.from), to: time + margin }, bounds);
  return view;
}

function within(view: Stretch, bounds: Stretch): Stretch {
  const width = Math.min(view.to - view.from, bounds.to - bounds.from);
  const from = Math.min(Math.max(view.from, bounds.from), bounds.to - width);
  return { from: Math.floor(from), to: Math.ceil(from + width) };
}

/** The whole case with a little room, so that first and last events do not stand on the edge. */
export function wholeOf(stretches: readonly Stretch[]): Stretch | undefined {
  if (stretches.length === 0) return undefined;
  const from = Math.min(...stretches.map((one) => one.from));
  const to = Math.max(...stretches.map((one) => one.to));
  const room = Math.max(1_000_000, Math.round((to - from) * 0.01));
  return { from: from - room, to: to + room };
}

const SECOND = 1_000_000;
/** Widths that a bar may have, in µs: what people count in. */
const BIN_WIDTHS: readonly number[] = [
  ...[1, 10, 100, 1000, 10_000, 100_000].flatMap((unit) => [unit, unit * 2, unit * 5]),
  ...[
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
    604_800, 2_592_000, 31_536_000,
  ].map((seconds) => seconds * SECOND),
];

/**
 * Bins of a round width that cover `view`, about `most` of them. They start on multiples of the width, so panning moves
 * the same bars instead of cutting new ones.
 */
export function binsFor(view: Stretch, most: number): Stretch & { readonly bins: number } {
  const least = (view.to - view.from) / most;
  const width = BIN_WIDTHS.find((one) => one >= least) ?? Math.ceil(least);
  const from = Math.floor(view.from / width) * width;
  const to = Math.ceil(view.to / width) * width;
  return { from, to, bins: Math.round((to - from) / width) };
}

/** A stretch from two times in any order, or undefined when they are one. */
export function stretchBetween(a: number, b: number): Stretch | undefined {
  return a === b ? undefined : { from: Math.floor(Math.min(a, b)), to: Math.ceil(Math.max(a, b)) };
}
