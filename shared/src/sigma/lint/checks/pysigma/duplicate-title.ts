import type { WorkspaceCheck } from '../../check.ts';
import { reportShared } from '../../shared-by-several.ts';

export const duplicateTitle: WorkspaceCheck = {
  id: 'duplicate_title',
  origin: 'pysigma',
  severity: 'error',
  about: 'two rules have the same title',
  help: 'Alerts show the title; with one title for two rules nobody knows which it was.',
  examples: {
    invalid: [
      {
        rule: { 'rule_a.yml': 'title: Audit Switched Off', 'rule_b.yml': 'title: Audit Switched Off' },
        marks: ['Audit Switched Off'],
      },
    ],
    valid: [{ 'rule_a.yml': 'title: Audit Switched Off', 'rule_b.yml': 'title: Audit Policy Changed' }],
  },
  checkAll(documents, report) {
    reportShared(
      documents,
      (document) => document.textOf('title'),
      (_, { file }) => `A rule in ${file} has the same title.`,
      report,
    );
  },
};
