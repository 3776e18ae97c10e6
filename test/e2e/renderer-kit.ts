import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { launchChromium } from '../kit/chromium.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'desktop/dist/renderer-fake');
export const SCREENSHOTS = join(ROOT, 'test/e2e/screenshots');

/** The policy of SECURITY §2, as the web host and the Electron protocol handler send it. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface Stage {
  readonly address: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Builds the page with the fake host, serves it under the real policy, starts Chromium. */
export async function openStage(): Promise<Stage> {
  await build({ configFile: join(ROOT, 'desktop/vite.config.ts'), mode: 'fake', logLevel: 'error' });
  const site = await serveStatic(DIST);
  const browser = await launchChromium();
  return {
    address: site.address,
    browser,
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Serves the files of a folder on loopback under the real policy. */
export async function serveStatic(
  folder: string,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname).replace(/^\/$/, '/index.html');
    try {
      const body = await readFile(join(folder, path));
      response.writeHead(200, {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': CSP,
        'x-content-type-options': 'nosniff',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything that should not have happened: CSP violations, page errors, console errors, dialogs. */
  readonly trouble: string[];
}

export interface VisitOptions {
  readonly scene?: 'loaded' | 'empty' | 'none' | 'error' | 'auditor' | 'slow';
  readonly rows?: number;
  readonly screen?: string;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: 'active' | 'none';
}

/** A fresh page on one scene of the fake host. */
export async function visit(stage: Stage, options: VisitOptions = {}): Promise<Visit> {
  const {
    scene = 'loaded',
    rows = 40_000,
    screen = 'cases',
    theme = 'light',
    width = 1440,
    height = 900,
  } = options;
  const context = await stage.browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    forcedColors: options.forcedColors ?? 'none',
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  // Below the test's own limit, so that a failure names the step that hung.
  page.setDefaultTimeout(15_000);
  const trouble = await watch(page, stage.address);
  await page.goto(`${stage.address}/?fake=${scene}&rows=${rows}#/${screen}`);
  await page.locator('main').waitFor();
  return { page, context, trouble };
}

/** Collects what should never happen on a page of `origin`: page errors, console errors, dialogs, requests elsewhere, CSP violations. */
export async function watch(page: Page, origin: string): Promise<string[]> {
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`page error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()))
      trouble.push(`request: ${request.url()}`);
  });
  await page.exposeFunction('reportViolation', (text: string) => trouble.push(`csp: ${text}`));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      (globalThis as unknown as { reportViolation(text: string): void }).reportViolation(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
      ),
    );
  });
  return trouble;
}

/** Waits until what was asked for is shown: events reach the page with the next frame, answers some time after. */
export async function settled(page: Page): Promise<void> {
  const frames = () =>
    page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  await frames();
  await page.waitForFunction(
    () =>
      document.querySelector('main h1') !== null &&
      document.querySelector('[aria-busy=true], [data-loading]') === null,
  );
  await frames();
}

/**
 * Violations that axe finds, as lines that say where. The report's frame runs no scripts, so axe cannot look into it:
 * what it shows is the report's own HTML, which has its own tests.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await engine.run(document, {
      iframes: false,
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap((violation) =>
      violation.nodes.map(
        (node) => `${violation.id}: ${node.target.join(' ')} — ${node.failureSummary ?? ''}`,
      ),
    );
  });
}
