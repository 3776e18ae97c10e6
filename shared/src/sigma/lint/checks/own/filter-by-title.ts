import type { WorkspaceCheck } from '../../check.ts';
import { referencesOf } from '../../rule-index.ts';
import { withText } from '../../text-edits.ts';

const RULES = (rules: string) =>
  `title: Odd Login\nname: odd_login\nlogsource: {category: database}\ndetection:\n    sel: {user: x}\n    condition: sel\n---\ntitle: x\nlogsource: {category: database}\nfilter:\n    rules: [${rules}]\n    known:\n        user: backup\n    condition: not known\n`;

export const filterByTitle: WorkspaceCheck = {
  id: 'filter_by_title',
  origin: 'own',
  severity: 'warning',
  about: 'a filter names a rule by its title',
  help: 'Titles change and are no references: the specification has ids, and names (SIGMA F2). The filter reaches every rule of this title here, and none elsewhere.',
  examples: {
    invalid: [{ rule: RULES('Odd Login'), marks: ['Odd Login'], fixed: RULES('odd_login') }],
    valid: [RULES('odd_login')],
  },
  checkAll(documents, report) {
    const rules = documents.flatMap(({ rule }) => (rule.kind === 'filter' ? [] : [rule]));
    for (const document of documents) {
      if (document.rule.kind !== 'filter') continue;
      for (const reference of referencesOf(document)) {
        const { text, span } = reference;
        if (rules.some(({ id, name }) => id === text || name === text)) continue;
        const named = rules.filter(({ title }) => title === text);
        const put = named[0]?.id ?? named[0]?.name;
        if (named.length === 0) continue;
        report(
          document,
          span,
          'A filter refers to rules by id or name, not by title.',
          put === undefined || named.length > 1
            ? undefined
            : { title: `Write ${put}`, edits: [withText(document.text, reference, put)], safe: false },
        );
      }
    }
  },
};
