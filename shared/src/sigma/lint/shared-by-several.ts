import type { WorkspaceCheck } from './check.ts';
import type { LintDocument, LintText } from './lint-document.ts';

/** Reports, at each but the first, the documents that share what should be one rule's alone. */
export function reportShared(
  documents: readonly LintDocument[],
  markOf: (document: LintDocument) => LintText | undefined,
  message: (value: string, first: LintDocument) => string,
  report: Parameters<WorkspaceCheck['checkAll']>[1],
): void {
  const first = new Map<string, LintDocument>();
  for (const document of documents) {
    const value = markOf(document);
    if (value === undefined) continue;
    const other = first.get(value.text);
    if (other === undefined) first.set(value.text, document);
    else report(document, value.span, message(value.text, other));
  }
}
