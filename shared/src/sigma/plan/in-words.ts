import { type Leaf, MEMBER, type Predicate } from '../predicate.ts';
import { showPattern } from '../values/pattern.ts';

const COMPARED = { equal: 'is', lt: 'is below', lte: 'is at most', gt: 'is above', gte: 'is at least' };

const MEMBERS: Readonly<Record<string, string>> = {
  any: 'has a member that',
  all: 'has members, each of which',
  all_or_empty: 'has only members that',
  none: 'has no member that',
};

/** What is asked of a member of an array: each test with the name of its field. */
function asksAll(predicate: Predicate): string {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return `(${predicate.of.map(asksAll).join(` ${predicate.kind} `)})`;
    case 'not':
      return `not ${asksAll(predicate.of)}`;
    case 'selection':
      return predicate.name;
    default:
      return predicate.field === MEMBER
        ? asks(predicate)
        : `${predicate.field ?? 'any field'} ${asks(predicate)}`;
  }
}

/** What a test asks of its field, for people. */
export function asks(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'text':
      return `is ${showPattern(leaf.pattern)}${leaf.cased ? ' in this case' : ''}`;
    case 'regex':
      return `matches /${leaf.source}/${leaf.flags}`;
    case 'number':
      return `${COMPARED[leaf.is]} ${leaf.value}`;
    case 'network':
      return `is in ${leaf.network.text}`;
    case 'absent':
      return 'is absent';
    case 'field':
      return leaf.is === 'equal' ? `is the same as ${leaf.other}` : `${leaf.is} the value of ${leaf.other}`;
    case 'time':
      return `has ${leaf.part === 'hour' ? 'an' : 'a'} ${leaf.part} that ${COMPARED[leaf.is]} ${leaf.value}`;
    case 'members':
      return `${MEMBERS[leaf.which] ?? `has at ${leaf.which} a member that`} ${asksAll(leaf.of)}`;
  }
}
