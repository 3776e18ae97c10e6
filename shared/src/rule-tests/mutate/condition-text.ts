import type { Condition } from '../../sigma/condition/condition.ts';

/** A condition as it is written, with no more parentheses than it needs. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'name':
      return condition.name;
    case 'some':
      return `1 of ${condition.pattern}`;
    case 'every':
      return `all of ${condition.pattern}`;
    case 'not':
      return `not ${'of' in condition.of && condition.of.kind !== 'not' ? `(${conditionText(condition.of)})` : conditionText(condition.of)}`;
    default:
      return condition.of
        .map((part) => {
          const isLooser = part.kind === 'or' && condition.kind === 'and';
          return isLooser || part.kind === condition.kind ? `(${conditionText(part)})` : conditionText(part);
        })
        .join(` ${condition.kind} `);
  }
}
