import type { Report } from './check.ts';
import type { LintDocument, LintText } from './lint-document.ts';
import { fixBy, withoutItem } from './text-edits.ts';

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
      const fix = fixBy(`Remove the repeated ${what}`, withoutItem(document.text, { span }));
      report(span, `The ${what} ${text} stands here already.`, fix);
    }
    seen.add(text);
  }
}
