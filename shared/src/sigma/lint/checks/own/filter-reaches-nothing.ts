import { covers } from '../../../plan/logsource.ts';
import type { WorkspaceCheck } from '../../check.ts';
import { referencesOf } from '../../rule-index.ts';

const RULES = (rules: string, category = 'database') =>
  `title: a\nname: base\nlogsource: {category: database}\ndetection:\n    sel: {user: x}\n    condition: sel\n---\ntitle: x\nlogsource: {category: ${category}}\nfilter:\n    rules: ${rules}\n    known:\n        user: backup\n    condition: not known\n`;

export const filterReachesNothing: WorkspaceCheck = {
  id: 'filter_reaches_nothing',
  origin: 'own',
  severity: 'warning',
  about: 'a filter reaches none of the rules that it names',
  help: 'A filter acts on rules that it names by id or name and whose log source it covers (SIGMA F2). A correlation is not reached: filter the rules below it. Rules in files that are not checked together with the filter are not seen.',
  examples: {
    invalid: [
      { rule: RULES('[basis]'), marks: ['basis'] },
      { rule: RULES('[base]', 'proxy'), marks: ['base'] },
    ],
    valid: [RULES('[base]'), RULES('any')],
  },
  checkAll(documents, report) {
    const rules = documents.flatMap(({ rule }) => (rule.kind === 'filter' ? [] : [rule]));
    // A filter alone has its rules elsewhere.
    if (rules.length === 0) return;
    for (const document of documents) {
      const { rule: filter } = document;
      if (filter.kind !== 'filter' || filter.rules === 'any') continue;
      for (const { text, span } of referencesOf(document)) {
        const rule = rules.find(({ id, name }) => id === text || name === text);
        // A title is the matter of filter_by_title.
        if (rule === undefined) {
          if (!rules.some(({ title }) => title === text))
            report(document, span, `No rule here has the id or name “${text}”.`);
        } else if (rule.kind === 'correlation')
          report(document, span, `“${rule.title}” is a correlation; filter the rules below it.`);
        else if (!covers(filter.logsource, rule.logsource))
          report(document, span, `The filter's log source does not cover that of “${rule.title}”.`);
      }
    }
  },
};
