import type { Report } from './check.ts';
import { fixOf, removeMember } from './edits.ts';
import type { LintDocument, LintText } from './lint-document.ts';

/** Reports each text that stands in the list a second time; the fix takes the later ones out. */
export function reportRepeated(
  document: LintDocument,
  texts: readonly LintText[],
  what: string,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const { text, span } of texts) {
    if (seen.has(text)) {
      const fix = fixOf(`Remove the repeated ${what}`, [removeMember(document, span)]);
      report(span, `The ${what} ${text} stands here already.`, fix);
    }
    seen.add(text);
  }
}
