import type { Condition, ConditionUse } from '../condition/condition.ts';
import { parseCondition } from '../condition/parse-condition.ts';
import { conditionUses, selectedNames } from '../condition/resolve-condition.ts';
import type { LintText } from './lint-document.ts';
import { onceFor } from './once-for.ts';

/** A condition with its text: spans inside it are those of the text. */
export interface LintCondition {
  readonly text: LintText;
  readonly condition: Condition;
  readonly uses: readonly LintUse[];
}

/** What a condition names, and the searches that it gets by that; a name that no search has gets none. */
export interface LintUse {
  readonly use: ConditionUse;
  readonly selected: readonly string[];
}

/** The conditions that can be read; what is wrong with the others is a reading problem. */
export const conditionsOf = onceFor(({ conditions, searches }): readonly LintCondition[] => {
  const names = searches.map(({ key }) => key);
  return conditions.flatMap((text) => {
    const condition = parseCondition(text.text, () => undefined);
    if (condition === undefined) return [];
    const uses = [...conditionUses(condition)].map((use) => ({
      use,
      selected:
        use.kind === 'name' ? names.filter((name) => name === use.name) : selectedNames(use.pattern, names),
    }));
    return [{ text, condition, uses }];
  });
});
