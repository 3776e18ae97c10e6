import type { Condition } from '../condition/condition.ts';
import { parseCondition } from '../condition/parse-condition.ts';
import type { LintText } from './lint-document.ts';
import { onceFor } from './once-for.ts';

/** A condition with its text: spans inside it are those of the text. */
export interface LintCondition {
  readonly text: LintText;
  readonly condition: Condition;
}

/** The conditions that can be read; what is wrong with the others is a reading problem. */
export const conditionsOf = onceFor(({ conditions }): readonly LintCondition[] =>
  conditions.flatMap((text) => {
    const condition = parseCondition(text.text, () => undefined);
    return condition === undefined ? [] : [{ text, condition }];
  }),
);
