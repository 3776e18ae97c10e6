import {
  type Inline,
  mono,
  quiet,
  type ReportDocument,
  type Section,
} from '@dbwitness/shared/reports/document/blocks.ts';
import { reportDocument } from '@dbwitness/shared/reports/document/index.ts';
import type { Report } from '@dbwitness/shared/reports/report-model.ts';
import { visible } from '@dbwitness/shared/text/problem.ts';
import { paintBlock, write } from './block.ts';
import { contents, cover, type Entry, numberContents } from './front.ts';
import { COLUMN, INK, PAGE } from './ink.ts';
import { Page } from './page.ts';
import { H2, H3, SMALL } from './styles.ts';

export interface ReportPdf {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/**
 * `report.pdf`: a pure function of the report, byte for byte the same in every time zone and on every machine (EVIDENCE
 * §14): dates come from the report, and streams are not deflated, because zlib builds differ. Tagged, with its language,
 * fonts embedded; `sha256` of `report.json` stands on every page.
 */
export async function reportPdf(report: Report, sha256: string): Promise<ReportPdf> {
  // Not with the module: every other command would wait for its fonts and ciphers to load.
  const { default: PDFDocument } = await import('pdfkit');
  const text = reportDocument(report);
  const issued = new Date(report.identity.issued.utc);
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    lang: 'en',
    tagged: true,
    displayTitle: true,
    compress: false,
    bufferPages: true,
    info: {
      Title: label(text.title),
      Author: label(report.identity.examiner.name),
      Subject: `report.json SHA-256 ${sha256}`,
      Creator: 'DB Witness',
      Producer: 'DB Witness',
      CreationDate: issued,
      ModDate: issued,
    },
  });
  const bytes = collected(document);
  const page = new Page(document);
  const root = document.struct('Document');
  document.addStructure(root);
  cover(text, page, root);
  const entries = contents(text, page, root);
  for (const [at, section] of text.sections.entries()) {
    paintSection(section, 2, `${at + 1}`, page, root, entries);
  }
  root.end();
  const pages = document.bufferedPageRange().count;
  numberContents(entries, page);
  feet(text, sha256, pages, page);
  document.end();
  return { bytes: await bytes, pages };
}

/** pdfkit writes these into XMP, which is XML, without escaping: what XML would read is replaced by its look-alike. */
function label(text: string): string {
  return visible(text).replaceAll('<', '‹').replaceAll('>', '›').replaceAll('&', '＆');
}

function collected(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
  });
}

function feet(text: ReportDocument, sha256: string, pages: number, page: Page): void {
  const { document } = page;
  for (let at = 0; at < pages; at += 1) {
    document.switchToPage(at);
    document.markContent('Artifact', { type: 'Pagination' });
    const base = PAGE.height - 34;
    document
      .moveTo(PAGE.left, base - 13)
      .lineTo(PAGE.left + COLUMN, base - 13)
      .lineWidth(0.6)
      .strokeColor(INK.hair)
      .stroke();
    const digest = page.lines(['report.json SHA-256 ', mono(sha256)], COLUMN, SMALL)[0];
    if (digest !== undefined) page.paint(digest, PAGE.left, base);
    const number = page.lines([`page ${at + 1} of ${pages}`], COLUMN, SMALL)[0];
    if (number !== undefined) page.paint(number, PAGE.left + COLUMN - number.width, base);
    const title = page.lines(
      [text.classification === '' ? text.subtitle : `${text.subtitle}, ${text.classification}`],
      COLUMN,
      SMALL,
    )[0];
    if (title !== undefined && at > 0) page.paint(title, PAGE.left, 32);
    document.endMarkedContent();
  }
}

function paintSection(
  section: Section,
  depth: number,
  ordinal: string,
  page: Page,
  parent: PDFKit.PDFStructureElement,
  entries: Map<string, Entry>,
): void {
  const top = depth === 2;
  if (section.startsPage === true || (top && ordinal === '1')) page.turn();
  else {
    page.y += top ? 26 : 12;
    page.need(section.blocks.some((block) => block.kind === 'signature') ? 170 : top ? 130 : 90);
  }
  const element = page.element('Sect', parent);
  if (top && page.y > PAGE.top) {
    page.rule(PAGE.left, COLUMN, INK.text, 1.2);
    page.y += 14;
  }
  page.document.addNamedDestination(section.id, 'XYZ', 0, Math.max(0, page.y - 12), null);
  page.document.outline.addItem(
    section.label === undefined ? `${ordinal} ${section.title}` : `${section.label} ${section.title}`,
  );
  const entry = entries.get(section.id);
  if (entry !== undefined) entry.at = page.number;
  const style = top ? H2 : { ...H3, size: section.startsPage === true ? 15 : H3.size };
  const label: Inline = section.label === undefined ? [quiet(`${ordinal}  `)] : [`${section.label}  `];
  const level: Inline = section.level === undefined ? [] : ['   ', { kind: 'level', level: section.level }];
  write([...label, section.title, ...level], style, top ? 'H2' : 'H3', page, element);
  page.y += top ? 10 : 6;
  for (const block of section.blocks) paintBlock(block, page, element);
  for (const [at, inner] of (section.sections ?? []).entries()) {
    paintSection(inner, depth + 1, `${ordinal}.${at + 1}`, page, element, entries);
  }
  element.end();
}
