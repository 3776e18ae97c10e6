import type { DocumentCheck } from '../../check.ts';
import { dictionaryField, isDatabaseRule } from '../../database-source.ts';

const RULE = (item: string) =>
  `title: x\nlogsource: {category: database}\ndetection:\n    sel:\n        ${item}\n    condition: sel\n`;
const COMPARISONS = ['lt', 'lte', 'gt', 'gte'];
const TIME_PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'];

export const fieldType: DocumentCheck = {
  id: 'field_type',
  origin: 'own',
  severity: 'warning',
  about: 'a text field is compared with a number, or a part of a time is taken of a field that holds none',
  help: 'lt, gt and the like hold only for values that are numbers throughout (SIGMA R10), and minute to year only for times (R14).',
  examples: {
    invalid: [
      { rule: RULE('user|gt: 5'), marks: ['user|gt'] },
      { rule: RULE('rows|hour: 5'), marks: ['rows|hour'] },
    ],
    valid: [RULE('rows|gt: 5'), RULE('time|hour|lt: 6'), RULE('session|gt: 5'), RULE('extra.pid|gt: 5')],
  },
  check(document, report) {
    if (!isDatabaseRule(document)) return;
    for (const { field, modifiers, keySpan } of document.items) {
      const known = field === undefined ? undefined : dictionaryField(field);
      if (known === undefined || known.type === 'json') continue;
      if (modifiers.some((name) => TIME_PARTS.includes(name))) {
        if (known.type !== 'timestamp' && known.name !== 'time_raw')
          report(keySpan, `“${known.name}” holds no time.`);
      } else if (
        modifiers.some((name) => COMPARISONS.includes(name)) &&
        (known.type === 'object list' || known.type === 'timestamp' || WORDS.has(known.name))
      ) {
        report(keySpan, `“${known.name}” holds no numbers.`);
      }
    }
  },
};

/** Text fields that never hold a number; ids of sessions and transactions and error codes may be one. */
const WORDS: ReadonlySet<string> = new Set([
  'user',
  'effective_user',
  'os_user',
  'role',
  'product',
  'format',
  'class',
  'action',
  'object_type',
  'object',
  'result',
  'database',
  'schema',
  'application',
  'auth_method',
  'client_ip',
  'client_host',
  'flags',
  'columns',
  'severity',
  'statement',
  'message',
]);
