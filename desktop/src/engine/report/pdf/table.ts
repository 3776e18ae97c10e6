import type { Table } from '@dbwitness/shared/reports/document/blocks.ts';
import { type Line, raised, type Style } from './flow.ts';
import { COLUMN, INK, PAGE } from './ink.ts';
import { baseline, type Page } from './page.ts';

const HEAD: Style = { face: 'sans', size: 7.6, colour: INK.quiet, leading: 1.35 };
const CELL: Style = { face: 'sans', size: 8.1, colour: INK.text, leading: 1.42 };
const GAP = 9;
const PAD = 3.2;

interface Placed {
  readonly x: number;
  readonly width: number;
  readonly right: boolean;
}

/** A table whose head stands again on every page; a row taller than a page goes on on the next. */
export function paintTable(table: Table, page: Page, parent: PDFKit.PDFStructureElement): void {
  const columns = place(table);
  const element = page.element('Table', parent);
  const heads = table.columns.map((column, at) =>
    head(column.title, column.source, columns[at]?.width ?? COLUMN, page),
  );
  const headHeight = Math.max(...heads.map((lines) => lines.length)) * step(HEAD) + PAD;
  page.need(headHeight + 3 * step(CELL));
  const row = page.element('TR', element);
  cells(page, heads, columns, HEAD, (at, draw) => {
    const cell = page.element('TH', row, { scope: 'Column' });
    page.within(cell, 'TH', draw);
    cell.end();
    return at;
  });
  row.end();
  underHead(page, headHeight);

  for (const source of table.rows) {
    let rest = source.map((cell, at) => page.lines(cell, columns[at]?.width ?? COLUMN, CELL));
    const tr = page.element('TR', element);
    const tds = rest.map(() => page.element('TD', tr));
    const whole = tallest(rest) * step(CELL) + 2 * PAD;
    if (whole > page.room && whole < PAGE.height / 3) again(page, heads, columns, headHeight);
    while (rest.some((lines) => lines.length > 0)) {
      const fit = Math.floor((page.room - 2 * PAD) / step(CELL));
      if (fit < 1) {
        again(page, heads, columns, headHeight);
        continue;
      }
      const now = rest.map((lines) => lines.slice(0, fit));
      page.y += PAD;
      cells(page, now, columns, CELL, (at, draw) => {
        const td = tds[at];
        if (td !== undefined) page.within(td, 'TD', draw);
      });
      page.y += tallest(now) * step(CELL) + PAD;
      rest = rest.map((lines) => lines.slice(fit));
    }
    for (const td of tds) td.end();
    tr.end();
    page.rule(PAGE.left, COLUMN);
  }
  element.end();
  page.y += 12;
}

function place(table: Table): readonly Placed[] {
  const total = table.columns.reduce((sum, column) => sum + column.width, 0);
  const free = COLUMN - GAP * (table.columns.length - 1);
  let x: number = PAGE.left;
  return table.columns.map((column) => {
    const width = (free * column.width) / total;
    const placed = { x, width, right: column.align === 'right' };
    x += width + GAP;
    return placed;
  });
}

function head(title: string, source: string | undefined, width: number, page: Page): readonly Line[] {
  const lines = page.lines([title], width, HEAD);
  const mark = raised(source, HEAD, page.faces);
  const last = lines.at(-1);
  if (last === undefined || mark.length === 0) return lines;
  const wide = mark.reduce((sum, piece) => sum + piece.width, 0);
  return [...lines.slice(0, -1), { pieces: [...last.pieces, ...mark], width: last.width + wide }];
}

function cells(
  page: Page,
  rows: readonly (readonly Line[])[],
  columns: readonly Placed[],
  style: Style,
  tagged: (at: number, draw: () => void) => void,
): void {
  rows.forEach((lines, at) => {
    const column = columns[at];
    if (column === undefined || lines.length === 0) return;
    tagged(at, () => {
      lines.forEach((line, ordinal) => {
        const x = column.right ? column.x + column.width - line.width : column.x;
        page.paint(line, x, page.y + ordinal * step(style) + baseline(style));
      });
    });
  });
}

/** Next page, with the head painted again as an artifact: a reader's ear has heard it. */
function again(
  page: Page,
  heads: readonly (readonly Line[])[],
  columns: readonly Placed[],
  height: number,
): void {
  page.turn();
  cells(page, heads, columns, HEAD, (_, draw) => page.artifact(draw));
  underHead(page, height);
}

function underHead(page: Page, height: number): void {
  page.y += height;
  page.rule(PAGE.left, COLUMN, INK.text, 0.8);
}

const step = (style: Style): number => style.size * style.leading;

function tallest(cells: readonly (readonly Line[])[]): number {
  return Math.max(1, ...cells.map((lines) => lines.length));
}
