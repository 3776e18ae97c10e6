import type { LogReader, Recognition, Sample } from './log-format.ts';
import type { Piece } from './piece.ts';

/** A reader under trial, with its count of records that are in the format's own form. */
export interface Trial {
  readonly reader: LogReader;
  readonly own: () => number;
}

/** How much of a sample a format's own reader can read: the most honest recognition there is. */
export interface SampleReading {
  /** Records in the format's own form. */
  readonly own: number;
  /** Share of the sampled bytes that became records or are ignored by design, 0 to 1. */
  readonly share: number;
}

/** Reads head and middle of a file on trial. A record cut off by the sample's end counts neither way. */
export function readSample(sample: Sample, open: () => Trial): SampleReading {
  let own = 0;
  let read = 0;
  let rejected = 0;
  for (const [bytes, whole] of windows(sample)) {
    const trial = open();
    const pieces: Piece[] = [...trial.reader.push(bytes)];
    // A short file ends where the sample ends: its last record is there.
    if (whole) pieces.push(...trial.reader.end());
    own += trial.own();
    for (const piece of pieces) {
      const length = piece.to - piece.from;
      if (piece.kind === 'rejected') rejected += length;
      else read += length;
    }
  }
  return { own, share: read + rejected === 0 ? 0 : read / (read + rejected) };
}

function windows({ head, middle }: Sample): readonly (readonly [Uint8Array, boolean])[] {
  const first = [head, middle === undefined && head.length < 65_536] as const;
  if (middle === undefined) return [first];
  // The window starts anywhere: what stands before its first line end belongs to a record that began earlier.
  const line = middle.indexOf(10);
  return line === -1 ? [first] : [first, [middle.subarray(line + 1), false]];
}

/** Recognition of formats whose structure nothing else has: one record is proof, the share read orders candidates. */
export function structural(
  { own, share }: SampleReading,
  because: string,
  settings?: Readonly<Record<string, string>>,
): Recognition {
  if (own === 0) return { confidence: 'no', score: 0, because: 'no record of this form in the sample' };
  const percent = Math.round(share * 100);
  return {
    confidence: share >= 0.5 ? 'certain' : share >= 0.2 ? 'strong' : 'weak',
    score: Math.max(1, percent),
    because: `${own} ${own === 1 ? 'record' : 'records'} with ${because}; ${percent} % of the sample reads`,
    ...(settings === undefined ? {} : { settings }),
  };
}
