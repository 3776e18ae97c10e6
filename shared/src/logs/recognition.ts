import type { ByteText } from '../text/bytes.ts';
import { LOG_FORMATS } from './index.ts';
import type { LogFormat, Recognition, Sample } from './log-format.ts';

export interface Candidate {
  readonly format: LogFormat;
  readonly recognition: Recognition;
}

/** Which format a file is in. */
export interface Recognised {
  /** Formats that may be it, the likeliest first. Empty where none is. */
  readonly candidates: readonly Candidate[];
  /** The one to read with, unless a person says otherwise. */
  readonly best: Candidate | undefined;
  /** True where the choice is a person's to confirm: a weak sign only, or a second candidate close behind. */
  readonly ask: boolean;
}

/** Scores closer than this are a near-tie. */
const NEAR = 10;

/** Tries every format on a sample. Never fails; an unknown file has no candidates. */
export function recogniseFormat(
  sample: Sample,
  text: ByteText,
  formats: readonly LogFormat[] = LOG_FORMATS,
): Recognised {
  const candidates = formats
    .map((format) => ({ format, recognition: format.recognise(sample, text) }))
    .filter(({ recognition }) => recognition.confidence !== 'no')
    .sort((a, b) => b.recognition.score - a.recognition.score);
  const [best, second] = candidates;
  const near =
    best !== undefined && second !== undefined && best.recognition.score - second.recognition.score < NEAR;
  return { candidates, best, ask: best !== undefined && (near || best.recognition.confidence === 'weak') };
}
