import type { LintDocument, LintText } from './lint-document.ts';

/** Rules by what others can refer to them by: id first, then name (SIGMA K15). Filters are not referred to. */
export function ruleIndex(documents: readonly LintDocument[]): ReadonlyMap<string, LintDocument> {
  const index = new Map<string, LintDocument>();
  const put = (key: string | undefined, document: LintDocument) => {
    if (key !== undefined && document.kind !== 'filter' && !index.has(key)) index.set(key, document);
  };
  for (const document of documents) put(document.rule.id, document);
  for (const document of documents) put(document.rule.name, document);
  return index;
}

/** The rules that a correlation or filter names, with their places. */
export function referencesOf(document: LintDocument): readonly LintText[] {
  if (document.kind === 'detection') return [];
  const value = document.entryBelow(document.kind, 'rules')?.value;
  const items = value === undefined ? [] : value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? [{ text: item.value, span: item.span }] : [],
  );
}
