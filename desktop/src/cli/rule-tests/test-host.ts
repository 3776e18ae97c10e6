import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TestHost } from '@dbwitness/shared/rule-tests/prepare.ts';
import { nodeByteText } from '../../engine/node-byte-text.ts';
import { loadPgParser } from '../../engine/pg-parser.ts';
import { bytes } from '../terminal.ts';

/** Bytes of a file that a test reads: it is held whole. */
const LARGEST = 256 << 20;
const EVENT_FILE = /\.(jsonl|ndjson|json|csv|log|txt)(\.gz)?$/i;

/** Reads the files of tests; relative paths begin at the test file, or in a folder above it. */
export async function nodeTestHost(): Promise<TestHost> {
  return {
    text: nodeByteText(),
    pgParser: await loadPgParser(),
    async read(path, testFile, upwards) {
      const found = upwards ? inFoldersAbove(path, testFile) : join(dirname(testFile), path);
      if (found === undefined || !existsSync(found)) return undefined;
      if (!statSync(found).isDirectory()) return [await readOne(found)];
      const names = (await readdir(found)).filter((name) => EVENT_FILE.test(name)).sort();
      return Promise.all(names.map((name) => readOne(join(found, name))));
    },
  };
}

/** The file that `path` names from the folder of `file` or one above it. */
export function inFoldersAbove(path: string, file: string): string | undefined {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    const candidate = join(folder, path);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

async function readOne(path: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { size } = statSync(path);
  if (size > LARGEST)
    throw new Error(`${path} is too large for a test: ${bytes(size)}, at most ${bytes(LARGEST)}`);
  const content = await readFile(path);
  if (!path.endsWith('.gz')) return { name: path, bytes: content };
  return { name: path.replace(/\.gz$/, ''), bytes: gunzipSync(content, { maxOutputLength: LARGEST }) };
}
