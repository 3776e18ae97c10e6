import { RE2JS } from 're2js';
import { inNetwork } from '../../estate/network.ts';
import { type Leaf, MEMBER, type MembersLeaf, type Predicate } from '../predicate.ts';
import { patternRegex } from '../sql/pattern-regex.ts';
import { fold } from '../values/fold.ts';
import { partOf, readTimeText, ZoneClock } from '../values/local-time.ts';
import { literalText } from '../values/pattern.ts';
import { compareNumbers } from '../values/scalar.ts';
import type { DocumentValue } from './document.ts';
import { textsOf } from './texts.ts';
import { valueAt } from './value-at.ts';

export type ValueTest = (value: DocumentValue) => boolean;

/**
 * A test of an event's or member's array (SIGMA R17). It is judged here, once an event, and not in SQL: a block binds all
 * that it asks to one member, which no list of an engine says. Null and absent are no array; any other value is one of one.
 */
export function membersTest({ field, which, of }: MembersLeaf, zone: string): ValueTest {
  const passes = predicateTest(of, zone);
  return (value) => {
    const array = valueAt(value, field);
    const members: readonly DocumentValue[] =
      array === undefined || array === null ? [] : Array.isArray(array) ? array : [array];
    switch (which) {
      case 'any':
        return members.some(passes);
      case 'all':
        return members.length > 0 && members.every(passes);
      case 'all_or_empty':
        return members.every(passes);
      case 'none':
        return !members.some(passes);
      default:
        // A place where nothing stands has no value: that is absent, as with any field (R3).
        return passes(members.at(which));
    }
  };
}

function predicateTest(predicate: Predicate, zone: string): ValueTest {
  switch (predicate.kind) {
    case 'and': {
      const parts = predicate.of.map((part) => predicateTest(part, zone));
      return (value) => parts.every((passes) => passes(value));
    }
    case 'or': {
      const parts = predicate.of.map((part) => predicateTest(part, zone));
      return (value) => parts.some((passes) => passes(value));
    }
    case 'not': {
      const passes = predicateTest(predicate.of, zone);
      return (value) => !passes(value);
    }
    case 'selection':
      throw new Error(`selection ${predicate.name} within an array`);
    default:
      return leafTest(predicate, zone);
  }
}

function leafTest(leaf: Leaf, zone: string): ValueTest {
  const field = leaf.field ?? MEMBER;
  if (leaf.kind === 'members') return membersTest(leaf, zone);
  if (leaf.kind === 'absent') return (value) => textsIn(value, field).length === 0;
  if (leaf.kind === 'field') {
    return (value) =>
      textsIn(value, field).some((one) =>
        textsIn(value, leaf.other).some((other) => related(one, other, leaf)),
      );
  }
  const passes = textTest(leaf, zone);
  return (value) => textsIn(value, field).some(passes);
}

function textTest(
  leaf: Exclude<Leaf, { kind: 'members' | 'absent' | 'field' }>,
  zone: string,
): (text: string) => boolean {
  switch (leaf.kind) {
    case 'text': {
      const seen = (text: string) => (leaf.cased ? text : fold(text));
      const literal = literalText(leaf.pattern);
      if (literal !== undefined) return (text) => seen(text) === seen(literal);
      const pattern = leaf.pattern.map((part) =>
        part.kind === 'text' ? { ...part, text: seen(part.text) } : part,
      );
      const regex = RE2JS.compile(patternRegex(pattern));
      return (text) => regex.test(seen(text));
    }
    case 'regex': {
      const regex = RE2JS.compile(leaf.flags === '' ? leaf.source : `(?${leaf.flags})${leaf.source}`);
      return (text) => regex.test(text);
    }
    case 'network':
      return (text) => inNetwork(text, leaf.network);
    case 'number':
      return (text) => isOrdered(compareNumbers(text, leaf.value), leaf.is);
    case 'time': {
      const clock = new ZoneClock(zone);
      return (text) => {
        const time = readTimeText(text);
        if (time === undefined) return false;
        const part = partOf(time.local ? time.millis : clock.at(time.millis), leaf.part);
        return isOrdered(part - leaf.value, leaf.is);
      };
    }
  }
}

function isOrdered(order: number | undefined, is: 'equal' | 'lt' | 'lte' | 'gt' | 'gte'): boolean {
  if (order === undefined) return false;
  switch (is) {
    case 'equal':
      return order === 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
  }
}

function related(one: string, other: string, { is, cased }: Extract<Leaf, { kind: 'field' }>): boolean {
  const [text, part] = cased ? [one, other] : [fold(one), fold(other)];
  switch (is) {
    case 'equal':
      return text === part;
    case 'contains':
      return text.includes(part);
    case 'startswith':
      return text.startsWith(part);
    case 'endswith':
      return text.endsWith(part);
  }
}

function textsIn(value: DocumentValue, field: string): readonly string[] {
  const texts = textsOf(valueAt(value, field));
  return texts === undefined ? [] : typeof texts === 'string' ? [texts] : texts;
}
