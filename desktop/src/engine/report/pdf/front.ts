import {
  type Inline,
  quiet,
  type ReportDocument,
  type Section,
} from '@dbwitness/shared/reports/document/blocks.ts';
import { facts, write } from './block.ts';
import { raised, type Style } from './flow.ts';
import { COLUMN, INK, LEVEL_INK, PAGE } from './ink.ts';
import { baseline, type Page } from './page.ts';
import { BODY, H2, TITLE } from './styles.ts';

const LABEL: Style = { face: 'sans', size: 8.4, colour: INK.quiet, leading: 1.2 };

/** A line of the contents that waits for its page number. */
export interface Entry {
  readonly id: string;
  readonly page: number;
  readonly y: number;
  at?: number;
}

/** Title, the figures that matter, and who asked whom for what. */
export function cover(text: ReportDocument, page: Page, root: PDFKit.PDFStructureElement): void {
  page.y = 96;
  const kind = text.classification === '' ? 'Evidence report' : `Evidence report, ${text.classification}`;
  write([quiet(kind)], { ...BODY, size: 10 }, 'P', page, root);
  page.y += 4;
  write([text.title], TITLE, 'H1', page, root);
  page.y += 2;
  write([text.subtitle], { ...BODY, size: 12.5, colour: INK.quiet }, 'P', page, root);
  page.y += 22;
  glance(text, page, root);
  page.y += 18;
  facts(text.cover, page, root);
}

function glance(text: ReportDocument, page: Page, root: PDFKit.PDFStructureElement): void {
  const width = COLUMN / Math.max(1, text.glance.length);
  page.rule(PAGE.left, COLUMN);
  text.glance.forEach((tile, at) => {
    const colour =
      tile.tone === undefined
        ? INK.text
        : { bad: LEVEL_INK.critical, warning: LEVEL_INK.high, good: LEVEL_INK.low }[tile.tone];
    const x = PAGE.left + at * width + (at === 0 ? 0 : 9);
    const element = page.element('P', root);
    page.within(element, 'P', () => {
      const value = page.lines([tile.value], width, { ...TITLE, size: 17, colour: colour ?? INK.text })[0];
      if (value !== undefined)
        page.paint(
          { ...value, pieces: [...value.pieces, ...raised(tile.source, { ...BODY, size: 11 }, page.faces)] },
          x,
          page.y + 26,
        );
      page.stack(page.lines([quiet(` ${tile.label}`)], width - 14, LABEL), x, page.y + 32, LABEL);
    });
    element.end();
    if (at > 0)
      page.artifact(() =>
        page.document
          .moveTo(x - 9, page.y + 6)
          .lineTo(x - 9, page.y + 52)
          .lineWidth(0.6)
          .strokeColor(INK.hair)
          .stroke(),
      );
  });
  page.y += 58;
  page.rule(PAGE.left, COLUMN);
}

/** Titles now; page numbers once they are known. */
export function contents(
  text: ReportDocument,
  page: Page,
  root: PDFKit.PDFStructureElement,
): Map<string, Entry> {
  page.turn();
  const entries = new Map<string, Entry>();
  write(['Contents'], H2, 'H2', page, root);
  page.y += 8;
  const list = page.element('TOC', root);
  const entry = (section: Section, indent: number, runs: Inline): void => {
    page.need(16);
    const item = page.element('TOCI', list);
    const lines = page.lines(runs, COLUMN - indent - 40, { ...BODY, colour: INK.text });
    page.within(item, 'TOCI', () => page.stack(lines.slice(0, 1), PAGE.left + indent, page.y, BODY));
    entries.set(section.id, { id: section.id, page: page.number, y: page.y + baseline(BODY) });
    page.jump(PAGE.left + indent, page.y, COLUMN - indent, BODY.size * BODY.leading, section.id);
    item.end();
    page.y += BODY.size * 1.75;
  };
  text.sections.forEach((section, at) => {
    entry(section, 0, [{ kind: 'strong', text: `${at + 1}   ${section.title}` }]);
    for (const inner of section.sections ?? [])
      entry(inner, 22, [inner.label === undefined ? '' : `${inner.label}   `, inner.title]);
  });
  list.end();
  return entries;
}

/** Fills in the page numbers once they are known. */
export function numberContents(entries: ReadonlyMap<string, Entry>, page: Page): void {
  for (const entry of entries.values()) {
    if (entry.at === undefined) continue;
    page.document.switchToPage(entry.page);
    const line = page.lines([String(entry.at + 1)], 40, { ...BODY, colour: INK.quiet })[0];
    if (line !== undefined) page.artifact(() => page.paint(line, PAGE.left + COLUMN - line.width, entry.y));
  }
}
