import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { EngineError } from '../../engine/engine-error.ts';
import { findFiles } from '../../engine/import/walk.ts';
import { unreadable } from '../../engine/source-file.ts';

export interface RuleSource {
  /** As it was given, with `/` between folders. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

export interface RuleSources {
  readonly rules: readonly RuleSource[];
  /** YAML files of a folder that are no Sigma rules: tests, configurations, something else. */
  readonly passedOver: readonly string[];
  readonly refused: readonly EngineError[];
}

/** Keys at the start of a line that only Sigma documents have, or a part of one that is being written. */
const SIGMA_KEY = /^(detection|correlation|logsource|filter)[ ]*:/m;

/**
 * The rule files at `path`: a file as it is, of a folder those below it that end in .yml or .yaml. Test files and YAML that is
 * no Sigma are passed over in folders; hidden folders and node_modules are not entered.
 */
export async function readRuleSources(path: string): Promise<RuleSources> {
  const rules: RuleSource[] = [];
  const passedOver: string[] = [];
  const refused: EngineError[] = [];
  const given = path.replace(/(?<=.)[\\/]$/, '');
  for (const found of await findFiles(path, given)) {
    if ('refused' in found) {
      refused.push(found.refused);
      continue;
    }
    const name = found.name.replaceAll('\\', '/');
    const below = name.slice(given.length);
    if (below !== '' && (!/\.ya?ml$/i.test(below) || /\/(\.[^/]+|node_modules)\//.test(below))) continue;
    if (/[._]test\.ya?ml$/i.test(name)) {
      passedOver.push(name);
      continue;
    }
    try {
      const text = decoded(await readFile(found.path));
      if (text === undefined) {
        refused.push(
          new EngineError('rules/not-utf-8', `${name} is not UTF-8 text.`, { at: { file: name } }),
        );
      } else if (below === '' || SIGMA_KEY.test(text)) rules.push({ name, path: found.path, text });
      else passedOver.push(name);
    } catch (error) {
      refused.push(unreadable(name, error));
    }
  }
  return { rules, passedOver, refused };
}

/** The names of rules that have tests beside them, under any name that a rule's tests can have. */
export function testedAmong(rules: readonly RuleSource[]): ReadonlySet<string> {
  const tested = rules.filter(({ path }) => {
    const stem = path.replace(/\.ya?ml$/i, '');
    return TEST_ENDS.some((end) => existsSync(stem + end));
  });
  return new Set(tested.map(({ name }) => name));
}

const TEST_ENDS = ['.test.yml', '.test.yaml', '_test.yml', '_test.yaml'];

/** The text of a file, with a byte order mark if it has one, so that it can be written back as it was. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The only thing that decoding throws: bytes that are no UTF-8.
    return undefined;
  }
}
