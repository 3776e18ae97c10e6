import type { Condition } from '../condition/condition.ts';
import { parseCondition } from '../condition/parse-condition.ts';
import type { LintDocument, LintText } from './lint-document.ts';

/** A condition with its text: spans inside it are those of the text. */
export interface LintCondition {
  readonly text: LintText;
  readonly condition: Condition;
}

const parsed = new WeakMap<LintDocument, readonly LintCondition[]>();

/** The conditions that can be read; what is wrong with the others is a reading problem. */
export function conditionsOf(document: LintDocument): readonly LintCondition[] {
  const known = parsed.get(document);
  if (known !== undefined) return known;
  const conditions = document.conditions.flatMap((text) => {
    const condition = parseCondition(text.text, () => undefined);
    return condition === undefined ? [] : [{ text, condition }];
  });
  parsed.set(document, conditions);
  return conditions;
}
