import { ticks } from '@dbwitness/shared/reports/document/axis.ts';
import type { Chart } from '@dbwitness/shared/reports/document/blocks.ts';
import type { Style } from './flow.ts';
import { COLUMN, INK, LEVEL_INK, PAGE } from './ink.ts';
import type { Page } from './page.ts';

const LABEL: Style = { face: 'sans', size: 7.6, colour: INK.text, leading: 1.3 };
const SMALL: Style = { face: 'sans', size: 7, colour: INK.quiet, leading: 1.4 };
const LANE = 29;
const KEYS = [
  ['recorded', INK.cover],
  ['not recorded', INK.paper],
  ['narrowed', INK.narrowed],
  ['hole', LEVEL_INK.high ?? INK.text],
] as const;

/** Sources over one time axis; the figure's alternative text says the same in words. */
export function paintChart(chart: Chart, page: Page, parent: PDFKit.PDFStructureElement): void {
  const height = chart.lanes.length * LANE + 34;
  page.need(height);
  const figure = page.element('Figure', parent, { alt: inWords(chart) });
  page.within(figure, 'Figure', () => paint(chart, page));
  figure.end();
  page.y += height;
}

function paint(chart: Chart, page: Page): void {
  const { document } = page;
  const span = Math.max(1, chart.to - chart.from);
  const x = (at: number): number => PAGE.left + Math.round(((at - chart.from) / span) * COLUMN * 100) / 100;
  const foot = page.y + chart.lanes.length * LANE;
  for (const tick of ticks(chart.from, chart.to, 7)) {
    document
      .moveTo(x(tick.at), page.y)
      .lineTo(x(tick.at), foot)
      .lineWidth(0.5)
      .strokeColor(INK.hair)
      .stroke();
    const line = page.lines([tick.label], COLUMN, SMALL)[0];
    if (line !== undefined)
      page.paint(
        line,
        Math.min(Math.max(PAGE.left, x(tick.at) - line.width / 2), PAGE.left + COLUMN - line.width),
        foot + 9,
      );
  }
  chart.lanes.forEach((lane, at) => {
    const top = page.y + at * LANE;
    const label = page.lines([lane.label], COLUMN, LABEL)[0];
    if (label !== undefined) page.paint(label, PAGE.left, top + 8);
    document.rect(x(lane.from), top + 13, Math.max(1.5, x(lane.to) - x(lane.from)), 8).fill(INK.cover);
    for (const band of lane.bands) {
      const box = document.rect(x(band.from), top + 13, Math.max(2, x(band.to) - x(band.from)), 8);
      if (band.kind === 'silent') box.lineWidth(1).fillAndStroke(INK.paper, LEVEL_INK.critical);
      else box.fill(band.kind === 'hole' ? LEVEL_INK.high : INK.narrowed);
    }
    for (const mark of lane.marks) page.diamond(x(mark.at), top + 17, 5, LEVEL_INK[mark.level] ?? INK.quiet);
  });
  let at: number = PAGE.left;
  for (const [name, colour] of KEYS) {
    const box = document.rect(at, foot + 18, 8, 5.5);
    if (name === 'not recorded') box.lineWidth(1).fillAndStroke(INK.paper, LEVEL_INK.critical);
    else box.fill(colour);
    at = key(page, name, at + 11, foot) + 12;
  }
  page.diamond(at + 4, foot + 20.8, 3.6, INK.quiet);
  key(page, 'finding', at + 11, foot);
}

function key(page: Page, name: string, x: number, foot: number): number {
  const line = page.lines([name], COLUMN, SMALL)[0];
  if (line === undefined) return x;
  page.paint(line, x, foot + 23.5);
  return x + line.width;
}

function inWords(chart: Chart): string {
  const lanes = chart.lanes.map(
    (lane) =>
      `${lane.label}: ${lane.bands.length} silent or incomplete stretches, findings ${lane.marks.map((mark) => mark.label).join(', ') || 'none'}`,
  );
  return `${chart.title}. ${lanes.join('. ')}.`;
}
