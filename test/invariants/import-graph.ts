import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** One source file and what it imports: own files as paths from the root, everything else as written. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly string[];
  readonly text: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  '@dbwitness/shared/': 'shared/src/',
  '@dbwitness/desktop/': 'desktop/src/',
  '@dbwitness/language-server/': 'language-server/src/',
};

/** Every TypeScript file of the product and its tests, with its imports resolved. */
export function sourceFiles(): readonly SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      if (['node_modules', 'dist', 'fixtures', '.cache'].includes(name)) continue;
      const path = join(folder, name);
      if (statSync(path).isDirectory()) walk(path);
      else if (/\.tsx?$/.test(name)) found.push(read(path));
    }
  };
  for (const part of ['shared/src', 'desktop', 'language-server', 'extension', 'test'])
    walk(join(root, part));
  return found;
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?'([^']+)'|import\('([^']+)'\)/g;

function read(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(IMPORT)].map((match) => target(path, match[1] ?? match[2] ?? ''));
  return { path: relative(root, path), imports, text };
}

function target(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(root, resolve(dirname(from), specifier));
  for (const [name, folder] of Object.entries(PACKAGES)) {
    if (specifier.startsWith(name)) return folder + specifier.slice(name.length);
  }
  return specifier;
}

export function isTest(path: string): boolean {
  return path.startsWith('test/') || /\.test\.tsx?$/.test(path) || path.includes('/fixtures/');
}
