/**
 * The one door through which outside HTML becomes a document (SECURITY OU-2). The report is our own static HTML, but it
 * may come out of somebody's package: it is parsed inert, and only known elements and attributes are rebuilt, node by
 * node. No script, no link target, no URL, no style attribute gets through; style sheets are applied as constructed
 * sheets, because the policy forbids inline ones.
 */
const ELEMENTS = new Set(
  'html body main header footer section article aside nav div span p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td colgroup col pre code kbd samp em strong b i u s small sub sup mark data abbr time bdi bdo br hr blockquote figure figcaption details summary a q cite'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set([
  'class',
  'id',
  'lang',
  'dir',
  'title',
  'scope',
  'colspan',
  'rowspan',
  'headers',
  'datetime',
  'span',
  'start',
  'value',
  'role',
  'aria-label',
  'aria-labelledby',
  'aria-hidden',
  'open',
  'tabindex',
  'width',
]);

/** Shapes of the report's time line: geometry and classes, nothing that refers or runs. */
const SVG = 'http://www.w3.org/2000/svg';
const SHAPES: ReadonlySet<string> = new Set(['svg', 'line', 'rect', 'path', 'text', 'title']);
const SHAPE_ATTRIBUTES: ReadonlySet<string> = new Set(
  'class role aria-label viewBox x y width height x1 x2 y1 y2 d text-anchor'.split(' '),
);

export interface SafeDocument {
  readonly body: DocumentFragment;
  readonly styles: string;
  readonly title: string;
  readonly bodyClass: string;
}

/** Parses `html` and keeps what can only be looked at. Nodes belong to `target`. */
export function safeDocument(html: string, target: Document): SafeDocument {
  // Even an inert document reports its style elements to the policy: they are taken out before parsing.
  const styles: string[] = [];
  const bare = html.replace(/<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi, (_, css: string) => {
    styles.push(css);
    return '';
  });
  const parsed = new DOMParser().parseFromString(trusted(bare), 'text/html');
  const body = target.createDocumentFragment();
  rebuild(parsed.body, body, target);
  return {
    body,
    styles: withoutUrls(styles.join('\n')),
    title: parsed.title,
    bodyClass: parsed.body.className,
  };
}

function rebuild(from: Node, into: Node, target: Document): void {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) into.appendChild(target.createTextNode(child.nodeValue ?? ''));
    if (!(child instanceof Element)) continue;
    const name = child.localName;
    if (child.namespaceURI === SVG && SHAPES.has(name)) {
      into.appendChild(shape(child, target));
      continue;
    }
    if (!ELEMENTS.has(name) || child.namespaceURI === SVG) {
      // The words of an unknown element may matter; those of these are never words.
      if (!/^(script|style|template|noscript|iframe|object|embed|svg|math|head)$/.test(name))
        rebuild(child, into, target);
      continue;
    }
    const copy = target.createElement(name);
    for (const { name: attribute, value } of child.attributes)
      if (ATTRIBUTES.has(attribute)) copy.setAttribute(attribute, value);
    // Links inside the report stay links; all others show their text only.
    const href = child.getAttribute('href');
    if (name === 'a' && href?.startsWith('#')) copy.setAttribute('href', href);
    rebuild(child, copy, target);
    into.appendChild(copy);
  }
}

function shape(child: Element, target: Document): Element {
  const copy = target.createElementNS(SVG, child.localName);
  for (const { name, value } of child.attributes)
    if (SHAPE_ATTRIBUTES.has(name)) copy.setAttribute(name, value);
  for (const inner of child.childNodes) {
    if (inner.nodeType === Node.TEXT_NODE) copy.append(inner.nodeValue ?? '');
    else if (inner instanceof Element && inner.namespaceURI === SVG && SHAPES.has(inner.localName))
      copy.appendChild(shape(inner, target));
  }
  return copy;
}

/** A style sheet could still ask for an image or a font: nothing is fetched from a report. */
function withoutUrls(css: string): string {
  return css.replace(/@import[^;]*;?/gi, '').replace(/url\s*\([^)]*\)/gi, 'none');
}

let policy: { createHTML(text: string): string } | undefined;

/** Trusted Types is on: this policy is safe because its only user parses inert and rebuilds by allow list. */
function trusted(html: string): string {
  if (globalThis.trustedTypes === undefined) return html;
  policy ??= globalThis.trustedTypes.createPolicy('dbwitness-report', { createHTML: (text) => text });
  return policy.createHTML(html);
}
