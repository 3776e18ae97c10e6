import type { Condition, Item, RuleValue, Selection, TestEvent, TestRule } from './rule.ts';

/** The rule as YAML. */
export function ruleText(rule: TestRule, title: string): string {
  const lines = [`title: ${title}`, 'logsource:', '    category: test', 'detection:'];
  for (const [name, selection] of Object.entries(rule.selections))
    lines.push(...selectionLines(name, selection));
  const conditions = rule.conditions.map((condition) => scalar(conditionText(condition)));
  lines.push(`    condition: ${conditions.length === 1 ? conditions[0] : `[${conditions.join(', ')}]`}`);
  return `${lines.join('\n')}\n`;
}

export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'name':
      return condition.name;
    case 'not':
      return `not ${inner(condition.of)}`;
    case 'quantified':
      return `${condition.least} of ${condition.of}`;
    default:
      return condition.of.map(inner).join(` ${condition.kind} `);
  }
}

function inner(condition: Condition): string {
  const simple = condition.kind === 'name' || condition.kind === 'quantified';
  return simple ? conditionText(condition) : `(${conditionText(condition)})`;
}

function selectionLines(name: string, { entries }: Selection): readonly string[] {
  const [only, ...more] = entries;
  if (only !== undefined && 'length' in only && more.length === 0)
    return [`    ${name}:`, ...only.map((item) => `        ${itemText(item)}`)];
  return [
    `    ${name}:`,
    ...entries.flatMap((entry) =>
      'keyword' in entry
        ? [`        - ${scalar(entry.keyword)}`]
        : entry.map((item, i) => `        ${i === 0 ? '- ' : '  '}${itemText(item)}`),
    ),
  ];
}

function itemText({ field, modifiers, values }: Item): string {
  const [only, ...more] = values;
  const written =
    only !== undefined && more.length === 0 ? scalar(only) : `[${values.map(scalar).join(', ')}]`;
  return `${scalar([field, ...modifiers].join('|'))}: ${written}`;
}

function scalar(value: RuleValue): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** As a double-quoted scalar that looks the same everywhere. */
function quoted(text: string): string {
  const escaped = [...JSON.stringify(text)].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) return character;
    const digits = code.toString(16);
    return code > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
  });
  return escaped.join('');
}

/** The event as JSON; whole numbers beyond 2^53 have no other way into it. */
export function eventText(event: TestEvent): string {
  return JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? `${value} (number)` : value));
}
