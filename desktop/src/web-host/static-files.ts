import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';

export interface StaticFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.json': 'application/json; charset=utf-8',
};

/**
 * Reads the built renderer once into a fixed map from URL path to file (SECURITY EL-4): a request can only ever name
 * a key of this map, so there is no path to traverse. Files of unknown type are left out.
 */
export function loadStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  const walk = (relative: string): void => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = posix.join(relative, entry.name);
      if (entry.isDirectory()) walk(path);
      const type = TYPES[extname(entry.name)];
      if (entry.isFile() && type !== undefined) {
        files.set(`/${path}`, { type, bytes: readFileSync(join(folder, path)) });
      }
    }
  };
  walk('');
  const index = files.get('/index.html');
  if (index === undefined)
    throw new Error(`no index.html in ${folder}: build the workbench first (npm run build)`);
  files.set('/', index);
  return files;
}
