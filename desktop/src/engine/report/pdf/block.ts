import { type Block, type Fact, type Inline, quiet } from '@dbwitness/shared/reports/document/blocks.ts';
import { paintChart } from './chart.ts';
import type { Style } from './flow.ts';
import { COLUMN, INK, PAGE, TONE_INK } from './ink.ts';
import { baseline, type Page, type Tag } from './page.ts';
import { BODY, CODE, FACT, PROSE, SMALL } from './styles.ts';
import { paintTable } from './table.ts';

const TERM = 96;

/** One block of the report, tagged, from where the page stands. */
export function paintBlock(block: Block, page: Page, parent: PDFKit.PDFStructureElement): void {
  switch (block.kind) {
    case 'paragraph':
      page.need(BODY.size * BODY.leading * 2.4);
      write(block.text, BODY, 'P', page, parent);
      page.y += 6;
      return;
    case 'prose':
      for (const paragraph of block.text.split(/\n\s*\n/)) {
        write(broken(paragraph), PROSE, 'P', page, parent, COLUMN * 0.86);
        page.y += 6;
      }
      return;
    case 'facts':
      facts(block.facts, page, parent);
      return;
    case 'table':
      paintTable(block, page, parent);
      return;
    case 'list':
      list(block.items, page, parent);
      return;
    case 'code':
      code(block.text, block.label, page, parent);
      return;
    case 'notice':
      notice(block, page, parent);
      return;
    case 'chart':
      paintChart(block, page, parent);
      return;
    case 'signature':
      signature(block.lines, page, parent);
      return;
  }
}

/** Running text as one element. */
export function write(
  runs: Inline,
  style: Style,
  tag: Tag,
  page: Page,
  parent: PDFKit.PDFStructureElement,
  width: number = COLUMN,
): void {
  page.text(page.lines(runs, width, style), PAGE.left, style, tag, parent);
}

/** Line breaks become breaks; other control characters are for the fonts to mark. */
function broken(text: string): Inline {
  return text.split(/\r?\n/).flatMap((part, at): Inline => (at === 0 ? [part] : [{ kind: 'break' }, part]));
}

/** Labels and values as a table of two columns. */
export function facts(rows: readonly Fact[], page: Page, parent: PDFKit.PDFStructureElement): void {
  const table = page.element('Table', parent);
  page.rule(PAGE.left, COLUMN);
  const step = FACT.size * FACT.leading;
  for (const [name, value] of rows) {
    const names = page.lines([name], TERM - 8, { ...FACT, colour: INK.quiet });
    let rest = page.lines(value, COLUMN - TERM, FACT);
    page.need(Math.min(rest.length, 6) * step + 6);
    const row = page.element('TR', table);
    const head = page.element('TH', row);
    page.within(head, 'TH', () => page.stack(names, PAGE.left, page.y + 3, FACT));
    head.end();
    const cell = page.element('TD', row);
    let least = names.length;
    while (rest.length > 0) {
      const fit = Math.max(1, Math.floor((page.room - 6) / step));
      const now = rest.slice(0, fit);
      page.within(cell, 'TD', () => page.stack(now, PAGE.left + TERM, page.y + 3, FACT));
      page.y += Math.max(least, now.length) * step + 6;
      least = 1;
      rest = rest.slice(fit);
      if (rest.length > 0) page.turn();
    }
    cell.end();
    row.end();
    page.rule(PAGE.left, COLUMN);
  }
  table.end();
  page.y += 12;
}

function list(items: readonly Inline[], page: Page, parent: PDFKit.PDFStructureElement): void {
  const element = page.element('L', parent);
  for (const item of items) {
    const lines = page.lines(item, COLUMN - 14, BODY);
    page.need(Math.min(3, lines.length) * BODY.size * BODY.leading);
    const entry = page.element('LI', element);
    page.artifact(() =>
      page.document.circle(PAGE.left + 3, page.y + baseline(BODY) - 2.8, 1.3).fill(INK.quiet),
    );
    page.text(lines, PAGE.left + 14, BODY, 'LBody', entry);
    entry.end();
    page.y += 3;
  }
  element.end();
  page.y += 6;
}

function code(text: string, label: string | undefined, page: Page, parent: PDFKit.PDFStructureElement): void {
  const lines = text
    .split(/\r?\n/)
    .flatMap((part) =>
      page.lines([part.replace(/^ +/, (blanks) => '\u00a0'.repeat(blanks.length))], COLUMN - 20, CODE),
    );
  const step = CODE.size * CODE.leading;
  const element = page.element('Code', parent);
  let rest = lines;
  page.need(Math.min(rest.length, 8) * step + 12);
  while (rest.length > 0) {
    const fit = Math.max(1, Math.floor((page.room - 12) / step));
    const now = rest.slice(0, fit);
    page.artifact(() => {
      page.document.rect(PAGE.left, page.y, COLUMN, now.length * step + 12).fill(INK.soft);
    });
    page.within(element, 'Code', () => page.stack(now, PAGE.left + 10, page.y + 6, CODE));
    page.y += now.length * step + 12;
    rest = rest.slice(fit);
    if (rest.length > 0) page.turn();
  }
  element.end();
  page.y += 3;
  if (label !== undefined) write([label], SMALL, 'P', page, parent);
  page.y += 10;
}

function notice(
  block: Extract<Block, { kind: 'notice' }>,
  page: Page,
  parent: PDFKit.PDFStructureElement,
): void {
  const tone = TONE_INK[block.tone];
  const lines = page.lines(block.text, COLUMN - 24, BODY);
  const height = lines.length * BODY.size * BODY.leading + 12;
  page.need(height);
  page.artifact(() => {
    page.document.rect(PAGE.left, page.y, COLUMN, height).fill(tone.back);
    page.document.rect(PAGE.left, page.y, 2.4, height).fill(tone.edge);
  });
  page.y += 6;
  page.text(lines, PAGE.left + 12, BODY, 'P', parent);
  page.y += 14;
}

function signature(names: readonly string[], page: Page, parent: PDFKit.PDFStructureElement): void {
  page.need(90);
  page.y += 56;
  const width = (COLUMN - 36) / 3;
  names.forEach((name, at) => {
    const x = PAGE.left + at * (width + 18);
    page.rule(x, width, INK.text, 0.8);
    const element = page.element('P', parent);
    page.within(element, 'P', () => page.stack(page.lines([quiet(name)], width, BODY), x, page.y + 3, BODY));
    element.end();
  });
  page.y += 40;
}
