import type { WorkspaceCheck } from '../../check.ts';
import { baseName } from '../../file-name.ts';
import { headSpan } from '../../places.ts';

export const duplicateFilename: WorkspaceCheck = {
  id: 'duplicate_filename',
  origin: 'pysigma',
  severity: 'error',
  about: 'files in two folders have the same name',
  help: 'Tools that put rules into one folder lose one of them.',
  examples: {
    invalid: [
      {
        rule: { 'a/proc_creation.yml': 'title: One', 'b/proc_creation.yml': 'title: Two' },
        marks: ['Two'],
      },
    ],
    valid: [{ 'a/proc_creation_a.yml': 'title: One', 'b/proc_creation_b.yml': 'title: Two' }],
  },
  checkAll(documents, report) {
    const first = new Map<string, string>();
    const told = new Set<string>();
    for (const document of documents) {
      const name = baseName(document.file);
      const other = first.get(name);
      if (other === undefined) first.set(name, document.file);
      else if (other !== document.file && !told.has(document.file)) {
        told.add(document.file);
        report(document, headSpan(document), `${other} has the same name.`);
      }
    }
  },
};
