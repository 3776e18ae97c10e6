/** One labelled place on a time axis. */
export interface Tick {
  /** µs UTC. */
  readonly at: number;
  readonly label: string;
}

const SECOND = 1_000_000;
const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000,
];

/** At most `most` round times in `[from, to]`, µs UTC; the label says only what changes at that step. */
export function ticks(from: number, to: number, most: number): readonly Tick[] {
  if (!(to > from)) return [{ at: from, label: label(from, 1) }];
  const step = STEPS.find((seconds) => (to - from) / (seconds * SECOND) <= most) ?? STEPS.at(-1) ?? 1;
  const width = Math.max(step * SECOND, Math.ceil((to - from) / most / SECOND) * SECOND);
  const found: Tick[] = [];
  for (let at = Math.ceil(from / width) * width; at <= to; at += width)
    found.push({ at, label: label(at, step) });
  return found;
}

function label(at: number, step: number): string {
  const iso = new Date(Math.floor(at / 1000)).toISOString();
  if (step >= 86_400) return iso.slice(0, 10);
  const clock = step >= 60 ? iso.slice(11, 16) : iso.slice(11, 19);
  return clock === '00:00' ? iso.slice(0, 10) : clock;
}
