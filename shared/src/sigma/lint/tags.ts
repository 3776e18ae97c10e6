import type { LintDocument, LintText } from './lint-document.ts';

/** A tag `namespace.name`; the name may hold dots. */
export interface LintTag extends LintText {
  readonly namespace: string;
  readonly name: string;
}

/** The tags that have a namespace; one without is a reading problem. */
export function tagsOf({ tags }: LintDocument): readonly LintTag[] {
  return tags.flatMap((tag) => {
    const dot = tag.text.indexOf('.');
    return dot < 0 ? [] : [{ ...tag, namespace: tag.text.slice(0, dot), name: tag.text.slice(dot + 1) }];
  });
}

export function tagsIn(document: LintDocument, namespace: string): readonly LintTag[] {
  return tagsOf(document).filter((tag) => tag.namespace === namespace);
}

/** Whether a name behind `attack.` is a technique's: `t1078`, `t1078.001`. */
export function isTechnique(name: string): boolean {
  return name.startsWith('t') && /\d/.test(name);
}
