import type { Plan } from '../plan/plan.ts';
import { type Leaf, leavesOf, type MembersLeaf } from '../predicate.ts';
import type { KeywordLeaf } from '../sql/layout.ts';
import { literalText } from '../values/pattern.ts';

/** How rules look at a field: at its text as it is, folded, at the instant or the address that it names. */
export interface Views {
  text: boolean;
  folded: boolean;
  instant: boolean;
  address: boolean;
  /** In place of a field: whether its members pass this test. */
  members?: MembersLeaf;
}

/** The names under which keywords look at all values of an event: no field of the data can be called so. */
export const ALL_JOINED = '\0all values joined';
export const ALL_VALUES = '\0all values';

/** Stands between values that are joined; within a value, `MARK_WITHIN` stands for it. */
export const BETWEEN_VALUES = '\u001f';
export const MARK_WITHIN = '\u{10fffd}';

/** What a table must hold for these plans to be judged on it, by field; `shown` are fields whose text is read as well. */
export function columnNeeds(
  plans: readonly Plan[],
  shown: Iterable<string> = [],
): ReadonlyMap<string, Readonly<Views>> {
  const needs = new Map<string, Views>();
  const need: Need = (field, view, members) => {
    const views = needs.get(field) ?? { text: false, folded: false, instant: false, address: false };
    views[view] = true;
    if (members !== undefined) views.members = members;
    needs.set(field, views);
  };
  for (const { where, selections } of plans) {
    for (const leaf of leavesOf(where, selections)) take(leaf, need);
    // A selection that no condition names is still told of where the rule matches.
    for (const selection of selections.values())
      for (const leaf of leavesOf(selection, selections)) take(leaf, need);
  }
  for (const field of shown) need(field, 'text');
  return needs;
}

type Need = (field: string, view: Exclude<keyof Views, 'members'>, members?: MembersLeaf) => void;

function take(leaf: Leaf, need: Need): void {
  switch (leaf.kind) {
    case 'members':
      need(membersColumn(leaf), 'text', leaf);
      // Whether the data has the array at all is told with the result.
      need(leaf.field, 'text');
      return;
    case 'text':
      need(leaf.field ?? keywordColumn(leaf), leaf.cased ? 'text' : 'folded');
      return;
    case 'regex':
      need(leaf.field ?? keywordColumn(leaf), 'text');
      return;
    case 'field':
      need(leaf.field, leaf.cased ? 'text' : 'folded');
      need(leaf.other, leaf.cased ? 'text' : 'folded');
      return;
    case 'time':
      need(leaf.field, 'text');
      need(leaf.field, 'instant');
      return;
    case 'network':
      need(leaf.field, 'address');
      return;
    default:
      need(leaf.field, 'text');
  }
}

/** The name under which a test of an array's members is kept: no field of the data can be called so. */
export function membersColumn(leaf: MembersLeaf): string {
  return `\0members ${JSON.stringify(leaf)}`;
}

/**
 * Where a keyword is looked for (SIGMA R11): plain text within the joined values, which is one search; what could reach
 * across two of them, in each value by itself.
 */
export function keywordColumn(leaf: KeywordLeaf): string {
  if (leaf.kind === 'regex') return ALL_VALUES;
  const { pattern } = leaf;
  const within = pattern.length > 2 && pattern[0]?.kind === 'any' && pattern.at(-1)?.kind === 'any';
  const text = within ? literalText(pattern.slice(1, -1)) : undefined;
  return text === undefined || text.includes(BETWEEN_VALUES) ? ALL_VALUES : ALL_JOINED;
}
