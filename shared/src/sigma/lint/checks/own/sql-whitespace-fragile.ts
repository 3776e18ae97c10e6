import type { DocumentCheck } from '../../check.ts';
import { isDatabaseRule } from '../../database-source.ts';

const RULE = (item: string) =>
  `title: x\nlogsource: {category: database}\ndetection:\n    sel:\n        ${item}\n    condition: sel\n`;
const SQL =
  /\b(select|insert|update|delete|drop|alter|create|grant|revoke|truncate|union|copy|exec|execute|call|set)\s+[a-z_(*]/i;
const TEXTS: ReadonlySet<string | undefined> = new Set([undefined, 'statement', 'message', 'raw']);

export const sqlWhitespaceFragile: DocumentCheck = {
  id: 'sql_whitespace_fragile',
  origin: 'own',
  severity: 'info',
  about: 'a value searches SQL words with one blank between them',
  help: 'DROP/**/TABLE, a tab or a line feed does the same and is not found. Ask for what the statement does (action, class, flags, objects), search the fingerprint, or write re with \\s+.',
  examples: {
    invalid: [{ rule: RULE('statement|contains: drop table'), marks: ['drop table'] }],
    valid: [
      RULE('action: DROP TABLE'),
      RULE('statement|contains: xp_cmdshell'),
      RULE("statement|re: 'drop\\s+table'"),
    ],
  },
  check(document, report) {
    if (!isDatabaseRule(document)) return;
    for (const { field, modifiers, values } of document.items) {
      if (!TEXTS.has(field?.toLowerCase()) || modifiers.includes('re')) continue;
      for (const { value, span } of values) {
        if (typeof value === 'string' && SQL.test(value))
          report(span, 'Two blanks, a comment or a line feed between the words are not found.');
      }
    }
  },
};
