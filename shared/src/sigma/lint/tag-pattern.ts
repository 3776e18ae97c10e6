import type { Report } from './check.ts';
import type { LintDocument } from './lint-document.ts';
import { tagsIn } from './tags.ts';

/** Reports the tags of a namespace whose name is not of the form; `wanted` completes “should be”. */
export function reportTagForm(
  document: LintDocument,
  namespace: string,
  form: RegExp,
  wanted: string,
  report: Report,
): void {
  for (const tag of tagsIn(document, namespace))
    if (!form.test(tag.name)) report(tag.span, `The tag ${tag.text} should be ${wanted}.`);
}
