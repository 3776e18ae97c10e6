import type { Gap } from '../../host/timeline.ts';

export interface GapLabel {
  readonly gap: Gap;
  readonly text: string;
  /** CSS pixels from the left of the plot. */
  readonly left: number;
  readonly width: number;
  readonly row: 0 | 1;
}

/** Width of a letter of the label's font, and of its plate's margins. */
const LETTER = 6.7;
const MARGIN = 12;
/** A band narrower than this has its hatch alone. */
const NARROWEST = 20;

/**
 * Names for the bands that run through the bars: the worst are named first, none covers another, and a name that finds no
 * free place in two rows is left to the pointer.
 */
export function gapLabels(
  gaps: readonly Gap[],
  x: (time: number) => number,
  width: number,
  textOf: (gap: Gap) => string,
): readonly GapLabel[] {
  const placed: GapLabel[] = [];
  const worst = gaps.toSorted(
    (a, b) => SEVERITY.indexOf(a.kind) - SEVERITY.indexOf(b.kind) || b.to - b.from - (a.to - a.from),
  );
  for (const gap of worst) {
    const [from, to] = [Math.max(0, x(gap.from)), Math.min(width, x(gap.to))];
    if (to - from < NARROWEST) continue;
    const text = textOf(gap);
    const needed = text.length * LETTER + MARGIN;
    const left = Math.min(width - needed - 2, Math.max(2, (from + to - needed) / 2));
    const row = ([0, 1] as const).find((one) =>
      placed.every(
        (other) => other.row !== one || left > other.left + other.width || left + needed < other.left,
      ),
    );
    if (row !== undefined && left >= 0) placed.push({ gap, text, left, width: needed, row });
  }
  return placed;
}

const SEVERITY: readonly Gap['kind'][] = ['not_recorded', 'hole', 'narrowed'];
