import { ticks } from './document/axis.ts';
import {
  type Block,
  type Chart,
  grouped,
  type Inline,
  type ReportDocument,
  type Run,
  type Section,
  type Table,
} from './document/blocks.ts';
import { reportDocument } from './document/index.ts';
import { html, type Markup, type Part } from './markup.ts';
import type { Report } from './report-model.ts';
import { REPORT_STYLE } from './report-style.ts';

/** Digests that the page carries; the caller has the hash function. */
export interface HtmlDigests {
  /** SHA-256 of the bytes of `report.json`, hex. */
  readonly report: string;
  /** SHA-256 of `REPORT_STYLE` in UTF-8, base64: the only style that the page's policy lets in. */
  readonly style: string;
}

/**
 * `report.html`: a pure function of the report (EVIDENCE §12), so rendering again gives the same bytes. No script,
 * nothing remote, everything escaped, and a policy that would stop either if it were there.
 */
export function reportHtml(report: Report, digests: HtmlDigests): string {
  const document = reportDocument(report);
  const policy = `default-src 'none'; style-src 'sha256-${digests.style}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${document.title}</title>
<style>${{ markup: REPORT_STYLE }}</style>
</head>
<body>
${reportBody(report, digests.report)}
</body>
</html>
`.markup
  }`;
}

/** What stands inside `<body>`: the viewer shows the same under its own policy. */
export function reportBody(report: Report, sha256: string): Markup {
  const document = reportDocument(report);
  return html`<a class="skip" href="#summary">Skip to the summary</a>
<main class="report">
${cover(document)}
${contents(document)}
${document.sections.map((part, at) => section(part, 2, `${at + 1}`))}
<p class="seal">SHA-256 of report.json <code>${sha256}</code></p>
</main>`;
}

function contents(document: ReportDocument): Markup {
  return html`<nav class="contents" aria-label="Contents"><h2>Contents</h2><ol>${document.sections.map(
    (part) =>
      html`<li><a href="#${part.id}">${part.title}</a>${
        part.id === 'findings' && part.sections !== undefined
          ? html`<ol>${part.sections.map((finding) => html`<li><a href="#${finding.id}"><b>${finding.label ?? ''}</b> <bdi>${finding.title}</bdi></a></li>`)}</ol>`
          : ''
      }</li>`,
  )}</ol></nav>`;
}

function cover(document: ReportDocument): Markup {
  return html`<header class="cover">
<p class="kind">Evidence report${document.classification === '' ? '' : html` <span class="classification"><bdi>${document.classification}</bdi></span>`}</p>
<h1><bdi>${document.title}</bdi></h1>
<p class="case"><bdi>${document.subtitle}</bdi></p>
<ul class="glance">${document.glance.map(
    (tile) =>
      html`<li${tile.tone === undefined ? '' : html` class="${tile.tone}"`}><b>${tile.value}</b>${source(tile.source)}<span>${tile.label}</span></li>`,
  )}</ul>
${facts(document.cover)}
</header>`;
}

function section(part: Section, depth: number, ordinal: string): Markup {
  const heading = html`${part.label === undefined ? html`<span class="ordinal">${ordinal}</span>` : html`<span class="label">${part.label}</span>`} <bdi>${part.title}</bdi>${part.level === undefined ? '' : html` ${level(part.level)}`}`;
  const tag = { markup: `h${Math.min(depth, 6)}` };
  return html`
<section id="${part.id}"${part.startsPage ? html` class="page"` : ''}>
<${tag}>${heading}</${tag}>
${part.blocks.map(block)}
${(part.sections ?? []).map((inner, at) => section(inner, depth + 1, `${ordinal}.${at + 1}`))}</section>`;
}

function block(item: Block): Markup {
  switch (item.kind) {
    case 'paragraph':
      return html`<p>${inline(item.text)}</p>\n`;
    case 'prose':
      return html`<div class="prose">${item.text.split(/\n\s*\n/).map((paragraph) => html`<p dir="auto">${lines(paragraph)}</p>`)}</div>\n`;
    case 'facts':
      return facts(item.facts);
    case 'table':
      return table(item);
    case 'list':
      return html`<ul>${item.items.map((entry) => html`<li>${inline(entry)}</li>`)}</ul>\n`;
    case 'code':
      return html`<figure class="code"${item.id === undefined ? '' : html` id="${item.id}"`}><pre><code>${lines(item.text)}</code></pre>${item.label === undefined ? '' : html`<figcaption>${item.label}</figcaption>`}</figure>\n`;
    case 'notice':
      return html`<p class="notice ${item.tone}">${inline(item.text)}</p>\n`;
    case 'chart':
      return chart(item);
    case 'signature':
      return html`<div class="signature">${item.lines.map((line) => html`<p><bdi>${line}</bdi></p>`)}</div>\n`;
  }
}

/** Line breaks are kept as breaks; everything else that controls becomes a mark. */
function lines(text: string): Part {
  return text
    .split(/\r?\n/)
    .map((line, at) => html`${at === 0 ? '' : { markup: '\n' }}${line.replaceAll('\t', '    ')}`);
}

function facts(rows: readonly (readonly [string, Inline])[]): Markup {
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${inline(value)}</dd></div>`)}</dl>\n`;
}

function table(item: Table): Markup {
  const align = (at: number): Part => (item.columns[at]?.align === 'right' ? html` class="right"` : '');
  const total = item.columns.reduce((sum, column) => sum + column.width, 0);
  return html`<div class="table" tabindex="0" role="group" aria-label="${
    item.caption ??
    item.columns
      .map((column) => column.title)
      .filter((title) => title !== '')
      .join(', ')
  }"><table>${item.caption === undefined ? '' : html`<caption>${item.caption}</caption>`}<colgroup>${item.columns.map((column) => html`<col width="${Math.round((column.width * 100) / total)}%">`)}</colgroup><thead><tr>${item.columns.map((column, at) => (column.title === '' ? html`<td></td>` : html`<th scope="col"${align(at)}>${column.title}${source(column.source)}</th>`))}</tr></thead><tbody>${item.rows.map((row) => html`<tr>${row.map((cell, at) => html`<td${align(at)}>${inline(cell)}</td>`)}</tr>\n`)}</tbody></table></div>\n`;
}

function inline(runs: Inline): Part {
  return runs.map(run);
}

function run(item: Run): Markup {
  if (typeof item === 'string') return html`<bdi>${item}</bdi>`;
  switch (item.kind) {
    case 'mono':
      return html`<code>${item.text}</code>`;
    case 'strong':
      return html`<strong>${item.text}</strong>`;
    case 'quiet':
      return html`<small><bdi>${item.text}</bdi></small>`;
    case 'mark':
      return html`<mark><code>${item.text}</code></mark>`;
    case 'level':
      return level(item.level);
    case 'number':
      return html`<data value="${item.value}">${grouped(item.value)}</data>${source(item.source)}`;
    case 'link':
      return html`<a href="#${item.to}"><bdi>${item.text}</bdi></a>`;
    case 'break':
      return html`<br>`;
  }
}

const LEVELS: ReadonlySet<string> = new Set(['critical', 'high', 'medium', 'low', 'informational']);

function level(name: string): Markup {
  return html`<span class="level ${LEVELS.has(name) ? name : 'informational'}">${name}</span>`;
}

const SOURCE_SECTIONS: Readonly<Record<string, string>> = { Q: 'queries', R: 'rules', P: 'procedures' };

function source(label: string | undefined): Part {
  if (label === undefined) return '';
  return html`<sup><a href="#${SOURCE_SECTIONS[label.charAt(0)] ?? 'method'}">${label}</a></sup>`;
}

const WIDTH = 920;
const LANE = 46;

/** Positions are whole hundredths of a unit, so that no engine's float formatting can show. */
function chart(item: Chart): Markup {
  const span = Math.max(1, item.to - item.from);
  const x = (at: number): number => Math.round(((at - item.from) / span) * WIDTH);
  const height = item.lanes.length * LANE + 26;
  return html`<figure class="chart"><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${item.title}">
${ticks(item.from, item.to, 8).map((tick) => html`<line class="tick" x1="${x(tick.at)}" x2="${x(tick.at)}" y1="0" y2="${height - 20}"/><text class="tick" x="${x(tick.at)}" y="${height - 6}" text-anchor="${x(tick.at) < 40 ? 'start' : x(tick.at) > WIDTH - 40 ? 'end' : 'middle'}">${tick.label}</text>`)}
${item.lanes.map((lane, at) => {
  const y = at * LANE;
  return html`<text class="lane" x="0" y="${y + 12}">${lane.label}</text><rect class="cover" x="${x(lane.from)}" y="${y + 20}" width="${Math.max(2, x(lane.to) - x(lane.from))}" height="12"/>${lane.bands.map((band) => html`<rect class="${band.kind}" x="${x(band.from)}" y="${y + 20}" width="${Math.max(3, x(band.to) - x(band.from))}" height="12"/>`)}${lane.marks.map((mark) => html`<path class="mark ${LEVELS.has(mark.level) ? mark.level : 'informational'}" d="M${x(mark.at)} ${y + 16}l5 10l-5 10l-5 -10z"><title>${mark.label}</title></path>`)}`;
})}
</svg><figcaption>${item.title}. <span class="key cover">recorded</span> <span class="key silent">not recorded</span> <span class="key narrowed">narrowed</span> <span class="key hole">hole</span> <span class="key mark">finding</span></figcaption></figure>\n`;
}
