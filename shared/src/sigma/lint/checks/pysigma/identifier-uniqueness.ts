import type { WorkspaceCheck } from '../../check.ts';
import { reportShared } from '../../shared-by-several.ts';

export const identifierUniqueness: WorkspaceCheck = {
  id: 'identifier_uniqueness',
  origin: 'pysigma',
  severity: 'error',
  about: 'two rules have the same `id`',
  help: 'Whatever names a rule by its id can reach only one of them. Give the copy an id of its own and, if it derives from the other, a `related` entry.',
  examples: {
    invalid: [
      {
        rule: {
          'rule_a.yml': 'title: One\nid: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70',
          'rule_b.yml': 'title: Two\nid: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70',
        },
        marks: ['0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70'],
      },
    ],
    valid: [
      {
        'rule_a.yml': 'title: One\nid: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70',
        'rule_b.yml': 'title: Two\nid: 1f0e2d3c-4b5a-4978-8675-64534231201f',
      },
    ],
  },
  checkAll(documents, report) {
    reportShared(
      documents,
      (document) => {
        const id = document.textOf('id');
        return id && { ...id, text: id.text.toLowerCase() };
      },
      (_, { file }) => `A rule in ${file} has the same id.`,
      report,
    );
  },
};
