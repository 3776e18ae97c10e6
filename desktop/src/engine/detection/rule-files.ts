import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, systemCode } from '../engine-error.ts';

export interface RuleFiles {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** SHA-256 over names and contents, in order of name: what a run and a seal cite. */
  readonly digest: string;
}

/** Reads the Sigma files of a folder (and of those in it), or one file. Test files beside rules are left out. */
export async function readRuleFiles(path: string): Promise<RuleFiles> {
  const names = await ruleNames(path);
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      text: await readFile(name === '' ? path : join(path, name), 'utf8'),
    })),
  );
  if (files.length === 0) {
    throw new EngineError('rules/none', `There are no Sigma rules (.yml) in ${path}.`, {
      next: 'Name a folder with rules, or leave --rules out to use those that ship with DB Witness.',
    });
  }
  const hash = createHash('sha256');
  for (const { name, text } of files) hash.update(`${name}\0${text.length}\0${text}`);
  return { files, digest: hash.digest('hex') };
}

async function ruleNames(path: string): Promise<readonly string[]> {
  try {
    if ((await stat(path)).isFile()) return [''];
    const entries = await readdir(path, { recursive: true });
    return entries.filter((name) => /\.ya?ml$/i.test(name) && !/[._]test\.ya?ml$/i.test(name)).sort();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new EngineError('rules/missing', `There is no file or folder ${path}.`, {
      next: 'Check the path of --rules.',
    });
  }
}
