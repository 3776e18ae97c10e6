import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LintConfiguration } from '@dbwitness/shared/sigma/lint/configuration.ts';
import type { Knowledge } from '@dbwitness/shared/sigma/lint/lint-context.ts';
import { readKnowledge } from '@dbwitness/shared/sigma/lint/read-knowledge.ts';
import { EngineError, messageOf } from '../../engine/engine-error.ts';
import { SHIPPED_KNOWLEDGE } from '../../product/locations.ts';

/** What checks know of the world: the files that ship, or those that the configuration puts in their place. */
export async function loadKnowledge({ knowledge }: LintConfiguration, folder: string): Promise<Knowledge> {
  const load = async (name: 'attack' | 'd3fend' | 'taxonomy') => {
    const own = knowledge[name];
    const path = own === undefined ? join(SHIPPED_KNOWLEDGE, `${name}.json`) : resolve(folder, own);
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      throw new EngineError(
        'rules/knowledge',
        `The knowledge file ${path} cannot be read: ${messageOf(error)}`,
        {
          next: 'Correct its path below knowledge in dbwitness.yml, or take it out.',
        },
      );
    }
  };
  const [attack, d3fend, taxonomy] = await Promise.all([load('attack'), load('d3fend'), load('taxonomy')]);
  const { value, problems } = readKnowledge({ attack, d3fend, taxonomy });
  const [wrong] = problems;
  if (wrong === undefined) return value;
  throw new EngineError('rules/knowledge', wrong.message, {
    next: 'Name a file of that kind below knowledge in dbwitness.yml, or take it out.',
  });
}
