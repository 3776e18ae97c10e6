import type { Inline } from '@dbwitness/shared/reports/document/blocks.ts';
import { Faces } from './faces.ts';
import { flow, type Line, type Style } from './flow.ts';
import { INK, PAGE } from './ink.ts';

/** The tag tree of PDF 1.7 as far as a report needs it. */
export type Tag =
  | 'Document'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'L'
  | 'LI'
  | 'LBody'
  | 'Code'
  | 'Figure'
  | 'TOC'
  | 'TOCI'
  | 'Link';

/** Where the next line goes, and the drawing that every block shares. Lengths in points, y from the top. */
export class Page {
  readonly document: PDFKit.PDFDocument;
  readonly faces: Faces;
  y: number = PAGE.top;

  constructor(document: PDFKit.PDFDocument) {
    this.document = document;
    this.faces = new Faces(document);
  }

  get room(): number {
    return PAGE.height - PAGE.bottom - this.y;
  }

  get number(): number {
    const { start, count } = this.document.bufferedPageRange();
    return start + count - 1;
  }

  /** Starts a page when fewer than `height` points are left; says whether it did. */
  need(height: number): boolean {
    if (height <= this.room || this.y === PAGE.top) return false;
    this.turn();
    return true;
  }

  turn(): void {
    this.document.addPage();
    this.y = PAGE.top;
  }

  element(
    tag: Tag,
    parent: PDFKit.PDFStructureElement,
    options: { readonly alt?: string; readonly scope?: 'Column' } = {},
  ): PDFKit.PDFStructureElement {
    const element = this.document.struct(tag, options);
    parent.add(element);
    return element;
  }

  /** Whatever `draw` paints belongs to `element`. */
  within(element: PDFKit.PDFStructureElement, tag: Tag, draw: () => void): void {
    element.add(this.document.markStructureContent(tag));
    draw();
    this.document.endMarkedContent();
  }

  /** Rules, bars and repeated heads: painted, but nothing for a reader's ear. */
  artifact(draw: () => void): void {
    this.document.markContent('Artifact', { type: 'Layout' });
    draw();
    this.document.endMarkedContent();
  }

  lines(runs: Inline, width: number, style: Style): readonly Line[] {
    return flow(runs, width, style, this.faces);
  }

  /** Paints one line with its base line at `base`; links become areas of `owner`. */
  paint(line: Line, x: number, base: number): void {
    let at = x;
    for (const piece of line.pieces) {
      if (piece.diamond === true)
        this.diamond(at + piece.size * 0.36, base - piece.size * 0.33, piece.size * 0.32, piece.colour);
      else {
        if (piece.back !== undefined)
          this.document
            .rect(at - 1, base - piece.size * 0.92, piece.width + 2, piece.size * 1.24)
            .fill(piece.back);
        this.document
          .font(piece.font)
          .fontSize(piece.size)
          .fillColor(piece.colour)
          .text(piece.text, at, base - piece.rise, { lineBreak: false, baseline: 'alphabetic' });
        if (piece.to !== undefined) this.jump(at, base - piece.size, piece.width, piece.size * 1.3, piece.to);
      }
      at += piece.width;
    }
  }

  /** Lines below one another as one tagged element, over as many pages as it takes. */
  text(lines: readonly Line[], x: number, style: Style, tag: Tag, parent: PDFKit.PDFStructureElement): void {
    const element = this.element(tag, parent);
    const step = style.size * style.leading;
    let rest = lines;
    while (rest.length > 0) {
      this.need(step);
      const fit = Math.max(1, Math.floor(this.room / step));
      const now = rest.slice(0, fit);
      this.within(element, tag, () => {
        for (const line of now) {
          this.paint(line, x, this.y + baseline(style));
          this.y += step;
        }
      });
      rest = rest.slice(fit);
      if (rest.length > 0) this.turn();
    }
    element.end();
  }

  /** Lines below one another from `top`, without moving on. */
  stack(lines: readonly Line[], x: number, top: number, style: Style): void {
    for (const [at, line] of lines.entries()) {
      this.paint(line, x, top + at * style.size * style.leading + baseline(style));
    }
  }

  /** An area that leads to an anchor of the document: a destination, never an action (SECURITY OU-4). */
  jump(x: number, y: number, width: number, height: number, to: string): void {
    // The types spell it `SubType`; PDF and pdfkit's code spell it `Subtype`.
    const link: object = { Subtype: 'Link', Dest: to };
    this.document.annotate(x, y, width, height, link);
  }

  rule(x: number, width: number, colour: string = INK.hair, thickness = 0.6): void {
    this.artifact(() =>
      this.document
        .moveTo(x, this.y)
        .lineTo(x + width, this.y)
        .lineWidth(thickness)
        .strokeColor(colour)
        .stroke(),
    );
  }

  diamond(x: number, y: number, radius: number, colour: string): void {
    this.document.polygon([x, y - radius], [x + radius, y], [x, y + radius], [x - radius, y]).fill(colour);
  }
}

/** From the top of a line to its base line. */
export function baseline(style: Style): number {
  return style.size * (style.leading / 2 + 0.34);
}
