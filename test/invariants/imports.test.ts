import { expect, test } from 'vitest';
import { isTest, sourceFiles } from './import-graph.ts';

// The invariants of ARCHITECTURE.md, by name. Each failure names the file and what it imports.
const files = sourceFiles();
const product = files.filter((file) => !isTest(file.path));

function offenders(applies: (path: string) => boolean, forbidden: (target: string) => boolean): string[] {
  return product
    .filter((file) => applies(file.path))
    .flatMap((file) => file.imports.filter(forbidden).map((target) => `${file.path} imports ${target}`));
}

const names =
  (...packages: string[]) =>
  (target: string) =>
    packages.some((name) => target === name || target.startsWith(`${name}/`));
const under =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(folder));

test('the source files are found at all', () => {
  expect(product.length).toBeGreaterThan(50);
});

test('1: shared/ is pure', () => {
  const impure = (target: string) =>
    target.startsWith('node:') ||
    under('desktop/', 'language-server/', 'extension/')(target) ||
    names(
      'vscode',
      'vscode-languageserver',
      'vscode-jsonrpc',
      'electron',
      '@duckdb/node-api',
      'sql.js',
      'react',
      'libpg-query',
    )(target);
  expect(offenders(under('shared/'), impure)).toEqual([]);
});

test('2: only the language server speaks its protocol library, only the extension speaks vscode', () => {
  expect(offenders((path) => !path.startsWith('language-server/'), names('vscode-languageserver'))).toEqual(
    [],
  );
  expect(
    offenders((path) => !path.startsWith('extension/'), names('vscode', 'vscode-languageclient')),
  ).toEqual([]);
});

test('4: only main and preload know Electron, only the engine knows DuckDB', () => {
  expect(
    offenders((path) => !under('desktop/src/main/', 'desktop/src/preload/')(path), names('electron')),
  ).toEqual([]);
  expect(offenders((path) => !path.startsWith('desktop/src/engine/'), names('@duckdb/node-api'))).toEqual([]);
});

test('6: the renderer reaches the rest through the host interface alone', () => {
  const beyond = (target: string) =>
    target.startsWith('node:') ||
    under(
      'desktop/src/engine/',
      'desktop/src/web-host/',
      'desktop/src/main/',
      'desktop/src/cli/',
      'desktop/src/verify/',
    )(target);
  expect(offenders(under('desktop/src/renderer/'), beyond)).toEqual([]);
});

test('7: the verifier needs shared/src/evidence and nothing else of ours', () => {
  const allowed = (target: string) =>
    target.startsWith('node:') ||
    under('desktop/src/verify/', 'shared/src/evidence/', 'shared/src/text/')(target) ||
    names('yauzl', 'fzstd')(target); // fzstd: exhibits derived from .zst files are derived again; Node 20 has no zstd
  expect(offenders(under('desktop/src/verify/'), (target) => !allowed(target))).toEqual([]);
  const evidence = (target: string) => under('shared/src/evidence/', 'shared/src/text/')(target);
  expect(offenders(under('shared/src/evidence/'), (target) => !evidence(target))).toEqual([]);
});

test('8: product code imports nothing from tests', () => {
  expect(
    offenders(
      () => true,
      (target) => isTest(target),
    ),
  ).toEqual([]);
});

test('9: no network but the local web host, and no browser fetch but to it', () => {
  const network = names(
    'node:http',
    'node:https',
    'node:net',
    'node:tls',
    'node:dgram',
    'node:dns',
    'node:http2',
  );
  expect(offenders((path) => !path.startsWith('desktop/src/web-host/'), network)).toEqual([]);
  const fetching = product
    .filter((file) => /\bfetch\(/.test(file.text) && file.path !== 'desktop/src/renderer/web-client.ts')
    .map((file) => file.path);
  expect(fetching).toEqual([]);
});

test('10: folders form no circle', () => {
  const folderOf = (path: string) => path.split('/').slice(0, -1).join('/');
  const edges = new Map<string, Set<string>>();
  for (const file of product) {
    for (const target of file.imports) {
      if (!/\.tsx?$/.test(target)) continue;
      const [from, to] = [folderOf(file.path), folderOf(target)];
      // A folder and what lies inside it are one piece of knowledge.
      if (from !== to && !from.startsWith(`${to}/`) && !to.startsWith(`${from}/`)) {
        edges.set(from, (edges.get(from) ?? new Set()).add(to));
      }
    }
  }
  expect(firstCircle(edges)).toBeUndefined();
});

function firstCircle(edges: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): string | undefined => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node].join(' → ');
    if (done.has(node)) return undefined;
    for (const next of edges.get(node) ?? []) {
      const circle = visit(next, [...trail, node]);
      if (circle !== undefined) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of edges.keys()) {
    const circle = visit(node, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
