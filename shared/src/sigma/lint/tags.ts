import type { LintDocument, LintText } from './lint-document.ts';
import { onceFor } from './once-for.ts';

/** A tag `namespace.name`; the name may hold dots. */
export interface LintTag extends LintText {
  readonly namespace: string;
  readonly name: string;
}

/** The tags that have a namespace; one without is a reading problem. */
export const tagsOf = onceFor(({ tags }): readonly LintTag[] => {
  const divided: LintTag[] = [];
  for (const { text, span } of tags) {
    const dot = text.indexOf('.');
    if (dot >= 0) divided.push({ text, span, namespace: text.slice(0, dot), name: text.slice(dot + 1) });
  }
  return divided;
});

export function tagsIn(document: LintDocument, namespace: string): readonly LintTag[] {
  return tagsOf(document).filter((tag) => tag.namespace === namespace);
}

/** Whether a name behind `attack.` is a technique's: `t1078`, `t1078.001`. */
export function isTechnique(name: string): boolean {
  return name.startsWith('t') && /\d/.test(name);
}
