import { useEffect, useRef } from 'react';
import { t } from '../text/message.ts';
import { safeDocument } from './safe-document.ts';

/** The report in a document of its own: sandboxed without scripts, so that its styles and ours never meet. */
export function ReportFrame({ html }: { readonly html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const inner = frame.current?.contentDocument;
    const view = frame.current?.contentWindow as (Window & typeof globalThis) | null | undefined;
    if (!inner || !view) return;
    const { body, styles, title, bodyClass } = safeDocument(html, inner);
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(styles);
    inner.adoptedStyleSheets = [sheet];
    inner.title = title;
    inner.documentElement.lang = 'en';
    inner.body.className = bodyClass;
    inner.body.replaceChildren(body);
  }, [html]);
  // Same origin without scripts: we may fill it, and nothing in it may run.
  return (
    <iframe
      ref={frame}
      className="report-frame"
      title={t('report.preview.frame')}
      sandbox="allow-same-origin"
    />
  );
}
