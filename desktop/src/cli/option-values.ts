import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { FIELDS, type FieldName } from '@dbwitness/shared/events/fields.ts';
import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import { zoneNamed } from '@dbwitness/shared/logs/time/zone.ts';
import { type Input, UsageError } from './command.ts';

/** A whole number within bounds, or undefined where the option is not given. */
export function wholeNumber(
  input: Input,
  option: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER }: { readonly least?: number; readonly most?: number },
): number | undefined {
  const written = input.text(option);
  if (written === undefined) return undefined;
  const number = /^[+-]?\d{1,16}$/.test(written) ? Number(written) : Number.NaN;
  if (number >= least && number <= most) return number;
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  throw new UsageError(`--${option} takes a whole number ${bounds}, not “${written}”.`);
}

/** One of a few words. */
export function oneOf<T extends string>(input: Input, option: string, words: readonly T[]): T | undefined {
  const written = input.text(option);
  if (written === undefined) return undefined;
  const word = words.find((known) => known === written);
  if (word !== undefined) return word;
  throw new UsageError(`--${option} takes ${alternatives(words)}, not “${written}”.`);
}

/** The id of a log format. */
export function formatOption(input: Input): string | undefined {
  return oneOf(
    input,
    'format',
    LOG_FORMATS.map(({ id }) => id),
  );
}

/** A time zone: a name of the IANA data base or an offset. */
export function zoneOption(input: Input, option: string): string | undefined {
  const written = input.text(option);
  if (written === undefined || zoneNamed(written) !== undefined) return written;
  throw new UsageError(`--${option} takes a zone such as Europe/Berlin, +02:00 or UTC, not “${written}”.`);
}

/** The path of a file or folder that is there. */
export function existingPath(input: Input, option: string): string | undefined {
  const written = input.text(option);
  if (written === undefined) return undefined;
  if (existsSync(written)) return resolve(written);
  throw new UsageError(`--${option}: there is no file or folder ${written}.`);
}

/** A field of the event dictionary. */
export function fieldOption(input: Input, option: string): FieldName | undefined {
  const written = input.text(option);
  if (written === undefined) return undefined;
  const field = FIELDS.find(({ name }) => name === written);
  if (field !== undefined) return field.name;
  throw new UsageError(`--${option} takes a field of the event, and “${written}” is none. ${FIELD_HINT}`);
}

export const FIELD_HINT = `The fields are ${FIELDS.map(({ name }) => name).join(', ')}.`;

function alternatives(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
