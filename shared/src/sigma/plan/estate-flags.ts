import type { Estate } from '../../estate/estate.ts';
import type { EventFlag } from '../../events/event-flag.ts';
import type { Leaf, Predicate } from '../predicate.ts';
import { literalText } from '../values/pattern.ts';

/** Of the flags `byEstate` that `leaves` ask for, those that no event can have here: there is no estate, or it states no hours. */
export function flagsOutOfReach(
  byEstate: readonly EventFlag[],
  leaves: readonly Leaf[],
  estate: Estate | undefined,
): readonly string[] {
  const unset = byEstate.filter(
    (flag) => estate === undefined || (flag === 'off_hours' && estate.hours === undefined),
  );
  if (unset.length === 0) return [];
  const asked = new Set(leaves.map(flagOf));
  return unset.filter((flag) => asked.has(flag));
}

/** Whether an event that has none of `flags` can satisfy `where`, as far as its form tells. */
export function canHoldWithout(
  flags: readonly string[],
  where: Predicate,
  selections: ReadonlyMap<string, Predicate>,
): boolean {
  const can = (predicate: Predicate, hold: boolean): boolean => {
    switch (predicate.kind) {
      case 'and':
      case 'or':
        // An AND holds by all of its parts and fails by one; an OR the other way round.
        return (predicate.kind === 'and') === hold
          ? predicate.of.every((part) => can(part, hold))
          : predicate.of.some((part) => can(part, hold));
      case 'not':
        return can(predicate.of, !hold);
      case 'selection': {
        const selection = selections.get(predicate.name);
        return selection === undefined || can(selection, hold);
      }
      default:
        return !hold || !flags.includes(flagOf(predicate) ?? '');
    }
  };
  return can(where, true);
}

function flagOf(leaf: Leaf): string | undefined {
  if (leaf.kind !== 'text' || leaf.field?.toLowerCase() !== 'flags') return undefined;
  return literalText(leaf.pattern)?.toLowerCase();
}
