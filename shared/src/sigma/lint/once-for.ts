import type { LintDocument } from './lint-document.ts';

/** `make`, worked out once a document: many checks ask the same of it. */
export function onceFor<T>(make: (document: LintDocument) => T): (document: LintDocument) => T {
  const known = new WeakMap<LintDocument, { readonly value: T }>();
  return (document) => {
    const before = known.get(document);
    if (before !== undefined) return before.value;
    const value = make(document);
    known.set(document, { value });
    return value;
  };
}
