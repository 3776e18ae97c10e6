import { conditionPredicate } from '../condition/resolve-condition.ts';
import { and, NOTHING, or, type Predicate } from '../predicate.ts';
import type { Detection, DetectionItem } from '../rule.ts';

/** A search as a predicate, with its items as `ofItem` makes them. */
export function detectionPredicate(
  detection: Detection,
  ofItem: (item: DetectionItem) => Predicate,
): Predicate {
  if (detection.kind === 'item') return ofItem(detection.item);
  if (detection.kind === 'block') {
    const searches = new Map(
      [...detection.detections].map(([name, search]) => [name, detectionPredicate(search, ofItem)]),
    );
    const names = new Set(searches.keys());
    return or(
      detection.conditions.map((condition) => inlined(conditionPredicate(condition, names), searches)),
    );
  }
  const parts = detection.of.map((part) => detectionPredicate(part, ofItem));
  if (detection.kind === 'members')
    return { kind: 'members', field: detection.array, which: detection.which, of: and(parts) };
  return detection.kind === 'all' ? and(parts) : or(parts);
}

/** The searches of a block in place of their names: only the rule's own are told apart. */
function inlined(predicate: Predicate, searches: ReadonlyMap<string, Predicate>): Predicate {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return { kind: predicate.kind, of: predicate.of.map((part) => inlined(part, searches)) };
    case 'not':
      return { kind: 'not', of: inlined(predicate.of, searches) };
    case 'selection':
      return searches.get(predicate.name) ?? NOTHING;
    default:
      return predicate;
  }
}
