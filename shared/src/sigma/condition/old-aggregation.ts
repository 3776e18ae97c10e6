/** What the functions of old aggregations became; `min` and `max` became nothing. */
const TYPES: Readonly<Record<string, string>> = { count: 'event_count', sum: 'value_sum', avg: 'value_avg' };

const OPERATORS: Readonly<Record<string, string>> = {
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '=': 'eq',
  '==': 'eq',
};

/**
 * The correlation that an aggregation of Sigma 1 (`count(field) by group > 5`, what stood behind `|`) is now, as one line of
 * YAML; undefined where it says something else. `rule` is what the correlation calls the rule, `timespan` its old timeframe.
 */
export function correlationOf(aggregation: string, rule: string, timespan: string): string | undefined {
  const [name = '', open, ...inner] = aggregation.match(/[()]|[<>=]+|[^\s()<>=]+/g) ?? [];
  const field = inner[0] === ')' ? '' : (inner.shift() ?? '');
  const [close, ...rest] = inner;
  const group = rest[0] === 'by' ? rest[1] : undefined;
  const [operator = '', number = '', more] = group === undefined ? rest : rest.slice(2);
  if (open !== '(' || close !== ')' || more !== undefined || !/^\d+(\.\d+)?$/.test(number)) return undefined;
  const type = name === 'count' && field !== '' ? 'value_count' : TYPES[name];
  const is = OPERATORS[operator];
  if (type === undefined || is === undefined || (type.startsWith('value') && field === '')) return undefined;
  const condition = [`${is}: ${number}`, ...(field === '' ? [] : [`field: ${field}`])].join(', ');
  const by = group === undefined ? '' : `group-by: [${group}], `;
  return `correlation: {type: ${type}, rules: [${rule}], ${by}timespan: ${timespan}, condition: {${condition}}}`;
}
