import type { LogReader, ReadOptions } from './log-format.ts';
import type { Observations } from './observations.ts';
import type { Piece } from './piece.ts';
import { PieceCutter } from './piece-cutter.ts';

/** What all line-based readers share: bytes come in, pieces are cut off the front while there are whole ones. */
export abstract class RecordReader implements LogReader {
  protected readonly cutter: PieceCutter;
  readonly #observations: Observations;
  /** Records in the format's own form, for recognition. */
  own = 0;

  constructor(options: ReadOptions, observations: Observations) {
    this.cutter = new PieceCutter(options.maxRecordBytes);
    this.#observations = observations;
  }

  push(bytes: Uint8Array): readonly Piece[] {
    this.cutter.window.append(bytes);
    return this.cut(false);
  }

  end(): readonly Piece[] {
    return this.cut(true);
  }

  problems() {
    return this.#observations.problems();
  }

  protected cut(final: boolean): readonly Piece[] {
    const pieces: Piece[] = [];
    for (;;) {
      const piece = this.next(final);
      if (piece === 'wait') return pieces;
      if (piece !== undefined) pieces.push(piece);
    }
  }

  /** One step: the piece at the front, nothing yet although bytes were looked at, or `wait` where more are needed. */
  protected abstract next(final: boolean): Piece | 'wait' | undefined;
}
