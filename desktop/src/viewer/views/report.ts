import { isJsonObject } from '@dbwitness/shared/evidence/canonical-json.ts';
import { toBase64, toHex } from '@dbwitness/shared/evidence/encoding.ts';
import { reportHtml } from '@dbwitness/shared/reports/html.ts';
import type { Report } from '@dbwitness/shared/reports/report-model.ts';
import { REPORT_STYLE } from '@dbwitness/shared/reports/report-style.ts';
import { browserHost } from '../browser-host.ts';
import { el } from '../dom.ts';
import type { PackageFiles } from '../package-files.ts';
import { trustedMarkup } from '../trusted-markup.ts';

/** The report, rendered anew from the signed `report.json`: what the package's own page says is only compared. */
export async function reportView(files: PackageFiles): Promise<HTMLElement> {
  const json = await files.text('data/report/report.json');
  if (json === undefined) return el('p', {}, 'The package holds no report that can be read.');
  const page = rendered(json);
  if (page === undefined)
    return el(
      'div',
      {},
      el('p', {}, 'This report is of a form that this viewer cannot lay out. Its text as signed:'),
      el('pre', { class: 'raw' }, json),
    );
  const same = (await files.text('data/report/report.html')) === page;
  const frame = document.createElement('iframe');
  // The page has no script and its own policy forbids any; same origin only lets this viewer follow its inner links.
  frame.setAttribute('sandbox', 'allow-same-origin');
  frame.title = 'Report';
  frame.addEventListener('load', () => followAnchors(frame));
  frame.srcdoc = trustedMarkup(page);
  return el(
    'div',
    { class: 'report-view' },
    el(
      'p',
      { class: same ? 'remark' : 'caution' },
      same
        ? 'Rendered here from report.json; report.html in the package is the same, byte for byte.'
        : 'Rendered here from report.json. The report.html in the package is not the same: it was made by another release, or altered. Rely on what is shown here.',
    ),
    frame,
  );
}

function rendered(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (!isJsonObject(value) || value.profile !== 'urn:dbwitness:report:v1') return undefined;
    const digest = (text: string): Uint8Array => browserHost.sha256(browserHost.text.encode(text));
    return reportHtml(value as unknown as Report, {
      report: toHex(digest(json)),
      style: toBase64(digest(REPORT_STYLE)),
    });
  } catch {
    // The report of a hostile package may hold anything; its text is shown as it is.
    return undefined;
  }
}

/** A link inside `srcdoc` resolves against this page's address, so it is followed by hand. */
function followAnchors(frame: HTMLIFrameElement): void {
  const inner = frame.contentDocument;
  inner?.addEventListener('click', (event) => {
    const target = event.target as Element | null;
    const href = target?.closest?.('a')?.getAttribute('href');
    if (href === null || href === undefined) return;
    event.preventDefault();
    if (href.startsWith('#')) inner.getElementById(href.slice(1))?.scrollIntoView();
  });
}
