import type { DocumentCheck } from '../../check.ts';
import { isDatabaseRule } from '../../database-source.ts';

export const keywordOnStructuredSource: DocumentCheck = {
  id: 'keyword_on_structured_source',
  origin: 'own',
  severity: 'info',
  about: 'a rule for database events searches keywords in every field',
  help: 'Database events have fields: statement for the text, objects for what it names, flags for what makes it worth a look. A keyword also finds user names and messages, and reads everything.',
  examples: {
    invalid: [
      {
        rule: 'title: x\nlogsource: {category: database}\ndetection:\n    words:\n        - drop\n        - dump\n    condition: words\n',
        marks: ['words'],
      },
    ],
    valid: [
      'title: x\nlogsource: {category: database}\ndetection:\n    sel:\n        statement|contains: drop\n    condition: sel\n',
    ],
  },
  check(document, report) {
    if (!isDatabaseRule(document)) return;
    const seen = new Set<string>();
    for (const { field, search, searchSpan } of document.items) {
      if (field !== undefined || seen.has(search)) continue;
      seen.add(search);
      report(searchSpan, 'Keywords search every field; statement, objects and flags say what is meant.');
    }
  },
};
