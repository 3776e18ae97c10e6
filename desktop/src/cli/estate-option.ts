import { readFile } from 'node:fs/promises';
import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import { parseEstate } from '@dbwitness/shared/estate/parse-estate.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { Input, Option } from './command.ts';
import { existingPath } from './option-values.ts';

/** The estate file that defines what rules expand: an option of `match` and `convert`. */
export const ESTATE_OPTION = {
  estate: {
    type: 'string',
    value: 'FILE',
    help: 'estate file: lists for placeholders such as %privileged_users%, and the zone of time parts',
  },
} as const satisfies Readonly<Record<string, Option>>;

/** Undefined where the option is not given; a file with an error in it is refused, since it may mean something else. */
export async function estateOption(input: Input): Promise<Estate | undefined> {
  const path = existingPath(input, 'estate');
  if (path === undefined) return undefined;
  const { value, problems } = parseEstate(await readFile(path, 'utf8'), path);
  const wrong = problems.find(({ severity }) => severity === 'error');
  if (wrong === undefined) return value;
  throw new EngineError(wrong.code, wrong.message, wrong.at === undefined ? {} : { at: wrong.at });
}
