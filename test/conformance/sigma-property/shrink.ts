import type { Condition, EventValue, Item, Selection, TestEvent, TestRule } from './rule.ts';

/** Most pairs that are tried on the way: each is a run of an engine. */
const MOST_TRIES = 400;

/** A pair that still differs and is as small as leaving things out one by one makes it. */
export async function smallest(
  rule: TestRule,
  event: TestEvent,
  differs: (rule: TestRule, event: TestEvent) => Promise<boolean>,
): Promise<{ readonly rule: TestRule; readonly event: TestEvent }> {
  let pair = { rule, event };
  let tries = 0;
  for (let smaller = true; smaller; ) {
    smaller = false;
    for (const next of smallerPairs(pair.rule, pair.event)) {
      if (++tries > MOST_TRIES) return pair;
      if (!(await differs(next.rule, next.event))) continue;
      pair = next;
      smaller = true;
      break;
    }
  }
  return pair;
}

function* smallerPairs(rule: TestRule, event: TestEvent): Generator<{ rule: TestRule; event: TestEvent }> {
  for (const conditions of rule.conditions.length > 1 ? rule.conditions.map((one) => [one]) : [])
    yield { rule: { ...rule, conditions }, event };
  for (const [i, condition] of rule.conditions.entries())
    for (const smaller of smallerConditions(condition, Object.keys(rule.selections)))
      yield { rule: { ...rule, conditions: rule.conditions.with(i, smaller) }, event };
  const used = JSON.stringify(rule.conditions);
  for (const name of Object.keys(rule.selections)) {
    const { [name]: _, ...selections } = rule.selections;
    if (!used.includes(`"${name}"`) && Object.keys(selections).length > 0)
      yield { rule: { ...rule, selections }, event };
  }
  for (const [name, selection] of Object.entries(rule.selections))
    for (const smaller of smallerSelections(selection))
      yield { rule: { ...rule, selections: { ...rule.selections, [name]: smaller } }, event };
  for (const smaller of smallerEvents(event)) yield { rule, event: smaller };
}

function* smallerConditions(condition: Condition, names: readonly string[]): Generator<Condition> {
  if (condition.kind === 'name') return;
  if (condition.kind === 'quantified') for (const name of names) yield { kind: 'name', name };
  else if (condition.kind === 'not') {
    yield condition.of;
    for (const of of smallerConditions(condition.of, names)) yield { kind: 'not', of };
  } else {
    yield* condition.of;
    for (const [i, one] of condition.of.entries())
      for (const of of smallerConditions(one, names)) yield { ...condition, of: condition.of.with(i, of) };
  }
}

function* smallerSelections({ entries }: Selection): Generator<Selection> {
  if (entries.length > 1) for (const [i] of entries.entries()) yield { entries: entries.toSpliced(i, 1) };
  for (const [i, entry] of entries.entries()) {
    if ('keyword' in entry) {
      if (typeof entry.keyword === 'string')
        for (const keyword of smallerTexts(entry.keyword)) yield { entries: entries.with(i, { keyword }) };
      continue;
    }
    if (entry.length > 1)
      for (const [j] of entry.entries()) yield { entries: entries.with(i, entry.toSpliced(j, 1)) };
    for (const [j, item] of entry.entries())
      for (const smaller of smallerItems(item)) yield { entries: entries.with(i, entry.with(j, smaller)) };
  }
}

function* smallerItems(item: Item): Generator<Item> {
  for (const name of ['neq', 'all', 'cased', 'windash', 'i', 'm', 's'])
    if (item.modifiers.includes(name) && (item.field !== '' || item.modifiers.length > 1))
      yield { ...item, modifiers: item.modifiers.filter((other) => other !== name) };
  if (item.values.length > 1)
    for (const [i] of item.values.entries())
      yield {
        ...item,
        modifiers:
          item.values.length === 2 ? item.modifiers.filter((name) => name !== 'all') : item.modifiers,
        values: item.values.toSpliced(i, 1),
        ...(item.regexes === undefined ? {} : { regexes: item.regexes.toSpliced(i, 1) }),
      };
  if (item.regexes !== undefined || item.modifiers.some((name) => ['cidr', 'fieldref'].includes(name)))
    return;
  for (const [i, value] of item.values.entries())
    if (typeof value === 'string')
      for (const smaller of smallerTexts(value)) yield { ...item, values: item.values.with(i, smaller) };
}

function* smallerEvents(event: TestEvent): Generator<TestEvent> {
  for (const name of Object.keys(event)) {
    const { [name]: _, ...rest } = event;
    yield rest;
  }
  for (const [name, value] of Object.entries(event))
    for (const smaller of smallerValues(value)) yield { ...event, [name]: smaller };
}

function* smallerValues(value: EventValue): Generator<EventValue> {
  if (typeof value === 'string') yield* smallerTexts(value);
  else if (Array.isArray(value)) {
    for (const [i] of value.entries()) yield value.toSpliced(i, 1);
    for (const [i, one] of value.entries())
      for (const smaller of smallerValues(one)) yield value.with(i, smaller);
  } else if (typeof value === 'object' && value !== null) yield* smallerEvents(value as TestEvent);
}

/** Halves and all but one character, as characters. */
function* smallerTexts(text: string): Generator<string> {
  const characters = [...text];
  const half = Math.floor(characters.length / 2);
  if (half > 0) {
    yield characters.slice(half).join('');
    yield characters.slice(0, half).join('');
  }
  if (characters.length < 20)
    for (const [i] of characters.entries()) yield characters.toSpliced(i, 1).join('');
}
