import type { Entry } from '../../text/yaml-value.ts';
import type { KnownLogSource, LintContext } from './lint-context.ts';
import type { LintDocument } from './lint-document.ts';
import { onceFor } from './once-for.ts';

/** The log source as written: unlike the rule's it keeps the case, which the taxonomy cares for. */
export interface WrittenLogSource {
  readonly product: string;
  readonly category: string;
  readonly service: string;
  /** The place of `logsource` with all below it. */
  readonly entry: Entry;
}

/** The log source of a detection rule; absent attributes are empty. Correlations and filters have none to judge. */
export const logSourceOf = onceFor((document): WrittenLogSource | undefined => {
  const entry = document.entry('logsource');
  if (document.kind !== 'detection' || entry === undefined) return undefined;
  const attribute = (key: string) => {
    const value = document.entryBelow('logsource', key)?.value;
    return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
  };
  return {
    product: attribute('product'),
    category: attribute('category'),
    service: attribute('service'),
    entry,
  };
});

/** How `TaxonomyKnowledge` names a log source. */
export function logSourceKey(source: Omit<WrittenLogSource, 'entry'>): string {
  return `${source.product}|${source.category}|${source.service}`;
}

/** What the taxonomy knows of the document's log source. */
export function knownLogSource(document: LintDocument, context: LintContext): KnownLogSource | undefined {
  const source = logSourceOf(document);
  return source && context.knowledge.taxonomy.logsources.get(logSourceKey(source));
}
