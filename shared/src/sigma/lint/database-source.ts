import { FIELDS, type Field } from '../../events/fields.ts';
import type { LogSource } from '../rule.ts';
import type { LintDocument } from './lint-document.ts';

/** Whether the rule or filter is about database audit events, whose fields are those of the event dictionary. */
export function isDatabaseRule({ rule }: LintDocument): boolean {
  return rule.kind !== 'correlation' && isDatabaseSource(rule.logsource);
}

export function isDatabaseSource({ category, product }: LogSource): boolean {
  return category === 'database' || (category === 'application' && product === 'sql');
}

const BY_LOWER: ReadonlyMap<string, Field> = new Map(
  FIELDS.map((field) => [field.name.toLowerCase(), field]),
);

/** The dictionary's field that a rule means by `name`, whatever its case; of `objects.name` that is `objects`. */
export function dictionaryField(name: string): Field | undefined {
  return BY_LOWER.get(name.toLowerCase()) ?? BY_LOWER.get((name.split('.')[0] ?? '').toLowerCase());
}
