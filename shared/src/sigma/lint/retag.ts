import type { Edit } from './finding.ts';
import type { LintDocument, LintText } from './lint-document.ts';
import { withoutItem } from './text-edits.ts';

/** Puts other tags in the place of one, each on a line of its own as that one has; none takes the tag away. */
export function retag({ text }: LintDocument, tag: LintText, put: readonly string[]): Edit {
  if (put.length === 0) return withoutItem(text, tag);
  const line = text.slice(text.lastIndexOf('\n', tag.span.from - 1) + 1, tag.span.from);
  const between = /^\s*-\s+$/.test(line)
    ? `${text.slice(0, tag.span.from).endsWith(`\r\n${line}`) ? '\r\n' : '\n'}${line}`
    : ', ';
  return { span: tag.span, text: put.join(between) };
}
