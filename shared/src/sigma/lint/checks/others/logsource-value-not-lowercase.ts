import type { DocumentCheck } from '../../check.ts';
import { withText } from '../../text-edits.ts';

export const logsourceValueNotLowercase: DocumentCheck = {
  id: 'logsource_value_not_lowercase',
  origin: 'others',
  severity: 'warning',
  about: 'a value of the log source is not in lower case',
  help: 'Category, product and service are lower case (SIGMA Y8). Many tools compare them exactly, and then the rule reaches no log.',
  examples: {
    invalid: [
      {
        rule: "title: x\nlogsource:\n    category: 'Database'",
        marks: ["'Database'"],
        fixed: "title: x\nlogsource:\n    category: 'database'",
      },
    ],
    valid: ['title: x\nlogsource:\n    category: database\n    definition: Prose may be Upper Case.'],
  },
  check(document, report) {
    for (const name of ['category', 'product', 'service']) {
      const value = document.entryBelow('logsource', name)?.value;
      if (value?.kind !== 'scalar' || typeof value.value !== 'string') continue;
      const lower = value.value.toLowerCase();
      if (lower === value.value) continue;
      report(value.span, `The ${name} “${value.value}” is written ${lower}.`, {
        title: `Write ${lower}`,
        edits: [withText(document.text, value, lower)],
        safe: true,
      });
    }
  },
};
