import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Pipeline } from '@dbwitness/shared/sigma/mappings/pipeline.ts';
import { readPipeline } from '@dbwitness/shared/sigma/mappings/read-pipeline.ts';
import { SHIPPED_MAPPINGS } from '../../product/locations.ts';
import { EngineError } from '../engine-error.ts';
import { unreadable } from '../source-file.ts';

/** The mappings that ship, each for the rules of its taxonomy. */
export async function shippedMappings(): Promise<readonly Pipeline[]> {
  const names = (await readdir(SHIPPED_MAPPINGS)).filter((name) => name.endsWith('.yml')).sort();
  return Promise.all(names.map((name) => readMapping(join(SHIPPED_MAPPINGS, name))));
}

/** Mappings by the names of those that ship, or by their files; for the rules of any taxonomy but another named one. */
export async function namedMappings(names: readonly string[]): Promise<readonly Pipeline[]> {
  return Promise.all(
    names.map(async (name) => {
      const shipped = join(SHIPPED_MAPPINGS, `${basename(name)}.yml`);
      if (/^\w+$/.test(name) && existsSync(shipped)) {
        // Named, it is for rules that say no taxonomy too: most do not.
        const mapping = await readMapping(shipped);
        return { ...mapping, taxonomies: [...(mapping.taxonomies ?? []), 'sigma'] };
      }
      return readMapping(name);
    }),
  );
}

/** A mapping with anything wrong in it is refused: half of one changes what rules ask. */
async function readMapping(path: string): Promise<Pipeline> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
  const { value, problems } = readPipeline(path, text);
  const [wrong] = problems;
  if (wrong === undefined) return value;
  throw new EngineError(wrong.code, wrong.message, wrong.at === undefined ? {} : { at: wrong.at });
}
