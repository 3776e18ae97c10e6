import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { visible } from '@dbwitness/shared/text/problem.ts';
import { sfntOf } from './sfnt.ts';

/** The voices of the page. */
export type Face = 'sans' | 'strong' | 'mono';

/** A stretch of text that one font file can draw. */
export interface FontRun {
  readonly font: string;
  readonly text: string;
  /** The text is a code point's number: no font has the character, or it must not act (SECURITY OU-6). */
  readonly stands?: true;
}

const SCRIPTS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const;
const packages = createRequire(import.meta.url);

/** Font files of each face, in the order in which they are asked for a glyph. IBM Plex Mono has no Greek; Sans lends its own. */
const FILES: Readonly<Record<Face, readonly string[]>> = {
  sans: SCRIPTS.map((script) => `@fontsource/ibm-plex-sans/files/ibm-plex-sans-${script}-400-normal.woff`),
  strong: SCRIPTS.map((script) => `@fontsource/ibm-plex-sans/files/ibm-plex-sans-${script}-600-normal.woff`),
  mono: SCRIPTS.map((script) =>
    script === 'greek'
      ? '@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-400-normal.woff'
      : `@fontsource/ibm-plex-mono/files/ibm-plex-mono-${script}-400-normal.woff`,
  ),
};

/** What pdfkit's embedded font knows and its types do not tell. */
interface EmbeddedFont {
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
  widthOfString(text: string, size: number, features?: readonly string[]): number;
}

/** Embedded fonts of one document: which one draws a character, and how wide a text is. */
export class Faces {
  readonly #document: PDFKit.PDFDocument;
  readonly #fonts = new Map<string, EmbeddedFont>();
  readonly #widths = new Map<string, number>();

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document;
    for (const file of new Set(Object.values(FILES).flat())) document.registerFont(file, bytesOf(file));
  }

  /** Splits a text, without line breaks, into runs of one font each; nothing is dropped. */
  runs(text: string, face: Face): readonly FontRun[] {
    const runs: FontRun[] = [];
    for (const character of text) {
      const font = this.#fontFor(character, face);
      const last = runs.at(-1);
      if (font === undefined)
        runs.push({ font: first(face), text: `‹${codePoint(character)}›`, stands: true });
      else if (last !== undefined && last.font === font && last.stands === undefined)
        runs[runs.length - 1] = { font, text: last.text + character };
      else runs.push({ font, text: character });
    }
    return runs;
  }

  width(run: FontRun, size: number): number {
    const key = `${run.font}\n${run.text}`;
    let per1000 = this.#widths.get(key);
    if (per1000 === undefined) {
      per1000 = this.#load(run.font).widthOfString(run.text, 1000);
      this.#widths.set(key, per1000);
    }
    return (per1000 * size) / 1000;
  }

  #fontFor(character: string, face: Face): string | undefined {
    if (visible(character) !== character) return undefined;
    const code = character.codePointAt(0) ?? 0;
    return FILES[face].find((file) => this.#load(file).font.hasGlyphForCodePoint(code));
  }

  #load(file: string): EmbeddedFont {
    let font = this.#fonts.get(file);
    if (font === undefined) {
      // `font()` embeds lazily, so a script that no text needs costs nothing but this look-up.
      font = (this.#document.font(file) as unknown as { readonly _font: EmbeddedFont })._font;
      this.#fonts.set(file, font);
    }
    return font;
  }
}

function first(face: Face): string {
  return FILES[face][0] ?? '';
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const LOADED = new Map<string, Buffer>();

function bytesOf(file: string): Buffer {
  let bytes = LOADED.get(file);
  if (bytes === undefined) {
    bytes = sfntOf(readFileSync(packages.resolve(file)));
    LOADED.set(file, bytes);
  }
  return bytes;
}
