import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  CONFIGURATION_NAMES,
  defaultConfiguration,
  type LintConfiguration,
  readConfiguration,
} from '@dbwitness/shared/sigma/lint/configuration.ts';
import type { ProfileName } from '@dbwitness/shared/sigma/lint/profiles.ts';
import type { Problem } from '@dbwitness/shared/text/problem.ts';

export interface FoundConfiguration {
  readonly configuration: LintConfiguration;
  /** The file, as it is named in problems; undefined where there is none. */
  readonly file: string | undefined;
  /** The folder to which its paths are relative. */
  readonly folder: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** The nearest configuration in the folder of `path` or above it; the first of the names counts in a folder. */
export function configurationAbove(path: string): string | undefined {
  const whole = resolve(path);
  for (let folder = statSync(whole).isDirectory() ? whole : dirname(whole); ; folder = dirname(folder)) {
    const found = CONFIGURATION_NAMES.map((name) => join(folder, name)).find((file) => existsSync(file));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

export async function readConfigurationFile(
  path: string | undefined,
  profile: ProfileName | undefined,
): Promise<FoundConfiguration> {
  if (path === undefined) {
    const configuration = defaultConfiguration(profile);
    return { configuration, file: undefined, folder: process.cwd(), text: '', problems: [] };
  }
  const file = shownPath(path);
  const text = await readFile(path, 'utf8');
  const { value, problems } = readConfiguration(file, text, profile);
  return { configuration: value, file, folder: dirname(resolve(path)), text, problems };
}

/** A path as people see it: from where they are, where it lies below that. */
function shownPath(path: string): string {
  const from = relative(process.cwd(), resolve(path));
  return (from.startsWith('..') ? resolve(path) : from).split(sep).join('/');
}
