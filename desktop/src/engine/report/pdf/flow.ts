import { grouped, type Inline, type Run } from '@dbwitness/shared/reports/document/blocks.ts';
import type { Face, Faces, FontRun } from './faces.ts';
import { INK, LEVEL_INK } from './ink.ts';

/** How a text is set where its runs say nothing else. */
export interface Style {
  readonly face: Face;
  readonly size: number;
  readonly colour: string;
  /** Distance of base lines as a multiple of the size. */
  readonly leading: number;
}

/** A stretch of one font, colour and size on one line. */
export interface Piece extends FontRun {
  readonly size: number;
  readonly colour: string;
  readonly width: number;
  /** Points above the base line. */
  readonly rise: number;
  readonly back?: string;
  /** Anchor that a click goes to. */
  readonly to?: string;
  /** A level's diamond instead of text. */
  readonly diamond?: true;
}

export interface Line {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** Breaks runs into lines no wider than `width`: at spaces, and inside a word only where it alone is too wide. */
export function flow(runs: Inline, width: number, style: Style, faces: Faces): readonly Line[] {
  const lines: Line[] = [];
  let pieces: Piece[] = [];
  let used = 0;
  const end = (): void => {
    while (pieces.at(-1)?.text.trim() === '' && pieces.at(-1)?.diamond === undefined)
      used -= pieces.pop()?.width ?? 0;
    lines.push({ pieces, width: used });
    pieces = [];
    used = 0;
  };
  const place = (word: readonly Piece[]): void => {
    const wide = word.reduce((sum, piece) => sum + piece.width, 0);
    const blank = word.every((piece) => piece.text.trim() === '' && piece.diamond === undefined);
    if (blank && used === 0) return;
    if (used + wide > width && used > 0) {
      end();
      if (blank) return;
    }
    if (wide > width) {
      for (const piece of word.flatMap((whole) => characters(whole, faces))) {
        if (used + piece.width > width && used > 0) end();
        pieces.push(piece);
        used += piece.width;
      }
      return;
    }
    pieces.push(...word);
    used += wide;
  };
  // Runs join without a space between them, so a word may be made of several: a number and its raised source.
  let word: Piece[] = [];
  for (const run of runs) {
    if (typeof run === 'object' && run.kind === 'break') {
      place(word);
      word = [];
      end();
      continue;
    }
    for (const piece of set(run, style, faces)) {
      if (piece.text === ' ') {
        place(word);
        place([piece]);
        word = [];
      } else word.push(piece);
    }
  }
  place(word);
  if (used > 0 || pieces.length > 0 || lines.length === 0) end();
  return lines.map(merged);
}

/** One run as pieces, parted at spaces. */
function set(run: Run, style: Style, faces: Faces): readonly Piece[] {
  if (typeof run === 'string') return words(run, style, faces);
  switch (run.kind) {
    case 'mono':
      return words(run.text, { ...style, face: 'mono', size: style.size * 0.9 }, faces);
    case 'strong':
      return words(run.text, { ...style, face: 'strong' }, faces);
    case 'quiet':
      return words(run.text, { ...style, size: style.size * 0.9, colour: INK.quiet }, faces);
    case 'mark':
      return words(run.text, { ...style, face: 'mono', size: style.size * 0.9 }, faces).map((piece) => ({
        ...piece,
        back: INK.marked,
      }));
    case 'level': {
      // In a heading a level stays a remark.
      const size = Math.min(style.size, 10.5);
      const colour = LEVEL_INK[run.level] ?? LEVEL_INK.informational ?? INK.text;
      const diamond: Piece = {
        font: '',
        text: '',
        size,
        colour,
        width: size,
        rise: 0,
        diamond: true,
      };
      return [diamond, ...words(run.level, { ...style, size, colour }, faces)];
    }
    case 'number':
      return [...words(grouped(run.value), style, faces), ...raised(run.source, style, faces)];
    case 'link':
      return words(run.text, { ...style, colour: INK.accent }, faces).map((piece) => ({
        ...piece,
        to: run.to,
      }));
    case 'break':
      return [];
  }
}

/** The small letters after a number that name what produced it. */
export function raised(source: string | undefined, style: Style, faces: Faces): readonly Piece[] {
  if (source === undefined) return [];
  return words(source, { ...style, face: 'sans', size: style.size * 0.62, colour: INK.quiet }, faces).map(
    (piece) => ({ ...piece, rise: style.size * 0.38 }),
  );
}

function words(text: string, style: Style, faces: Faces): readonly Piece[] {
  return text
    .replaceAll('\t', '    ')
    .split(/( )/)
    .filter((part) => part !== '')
    .flatMap((part) => faces.runs(part, style.face))
    .map((run) =>
      sized(
        run,
        run.stands === true ? style.size * 0.84 : style.size,
        run.stands === true ? INK.quiet : style.colour,
        faces,
      ),
    );
}

function sized(run: FontRun, size: number, colour: string, faces: Faces): Piece {
  return { ...run, size, colour, width: faces.width(run, size), rise: 0 };
}

function characters(piece: Piece, faces: Faces): readonly Piece[] {
  if (piece.stands === true || piece.diamond === true) return [piece];
  return [...piece.text].map((text) => ({
    ...piece,
    text,
    width: faces.width({ font: piece.font, text }, piece.size),
  }));
}

/** Neighbours that look alike become one piece: fewer text operators, and a text layer that reads in words. */
function merged(line: Line): Line {
  const pieces: Piece[] = [];
  for (const piece of line.pieces) {
    const last = pieces.at(-1);
    if (last !== undefined && alike(last, piece))
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text, width: last.width + piece.width };
    else pieces.push(piece);
  }
  return { pieces, width: line.width };
}

function alike(a: Piece, b: Piece): boolean {
  return (
    a.font === b.font &&
    a.size === b.size &&
    a.colour === b.colour &&
    a.rise === b.rise &&
    a.back === b.back &&
    a.to === b.to &&
    a.stands === b.stands &&
    a.diamond === undefined &&
    b.diamond === undefined
  );
}
