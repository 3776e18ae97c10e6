import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evidenceJson, type Json } from '../evidence/canonical-json.ts';
import { HOSTILE, poisoned } from './fixtures/hostile.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import { reportHtml } from './html.ts';
import { html } from './markup.ts';
import type { Report } from './report-model.ts';
import { REPORT_STYLE } from './report-style.ts';

const style = createHash('sha256').update(REPORT_STYLE).digest('base64');
const digest = (report: Report): string =>
  createHash('sha256')
    .update(evidenceJson(report as unknown as Json))
    .digest('hex');
const render = (report: Report): string => reportHtml(report, { report: digest(report), style });

/** Tags of a page, without the style sheet and the doctype. */
const tags = (page: string): readonly string[] =>
  page.replace(/<style>[\s\S]*?<\/style>/, '').match(/<[a-z/!][^>]*>/gi) ?? [];
const names = (page: string): ReadonlySet<string> =>
  new Set(tags(page).map((tag) => /^<\/?([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase() ?? tag));

describe('report.html', () => {
  it('renders to the same bytes again', () => {
    expect(render(sampleReport())).toBe(render(sampleReport()));
  });

  it('carries the digest of report.json and a policy that lets in this style and nothing else', () => {
    const page = render(sampleReport());
    expect(page).toContain(digest(sampleReport()));
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${style}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(page).toContain(`<style>${REPORT_STYLE}</style>`);
  });

  it('has no script, no inline style, no link out and no handler', () => {
    const page = render(sampleReport());
    expect([...names(page)]).not.toContain('script');
    for (const tag of tags(page)) {
      expect(tag).not.toMatch(/\s(?:style|on[a-z]+|src|srcset|action|formaction)\s*=/i);
      for (const [, target] of tag.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#[\w.-]+$/);
    }
  });

  it('leads every link inside the page to something', () => {
    const page = render(sampleReport());
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it.each(HOSTILE)('lets no text act, wherever it stands: %j', (text) => {
    const page = render(poisoned(sampleReport(), text));
    expect(names(page)).toEqual(names(render(sampleReport())));
    expect(page.replaceAll('\n', '')).not.toMatch(
      /[\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u,
    );
  });

  it('gives every finding a page of its own, with its records, other explanations and what was not recorded', () => {
    const page = render(sampleReport());
    const finding = /<section id="finding-f1" class="page">[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
    for (const said of [
      'E001:18211',
      'Planned maintenance by the database team',
      'pgaudit.log was set to none',
      'line 18299',
      'bytes 3879388 to 3879596',
    ])
      expect(finding).toContain(said);
    expect(finding).toContain('<mark><code>ALTER SYSTEM SET pgaudit.log = &#39;none&#39;</code></mark>');
  });

  it('says under every number what produced it', () => {
    const page = render(sampleReport());
    expect(page).toContain('53\u00a0285</b><sup><a href="#queries">Q1</a></sup>');
    for (const label of ['Q1', 'R1', 'R2', 'P1', 'P4']) expect(page).toContain(`<bdi>${label}`);
  });

  it('prints the honest limits, what is lacking and how to verify', () => {
    const page = render(sampleReport());
    for (const said of [
      'Integrity starts at acquisition.',
      'judgement of F2',
      'time stamp',
      'dbwitness verify',
      'Glossary',
    ])
      expect(page).toContain(said);
  });

  it('says that nothing found is not nothing done when there is no finding', () => {
    expect(render(sampleReport({ findings: [] }))).toContain('That says nothing by itself');
  });

  it('escapes for quoted attributes as for content', () => {
    expect(html`<a title="${'"><b>\u202e&'}">`.markup).toBe('<a title="&quot;&gt;&lt;b&gt;⟪U+202E⟫&amp;">');
  });
});
