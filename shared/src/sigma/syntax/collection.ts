import type { YamlDocument } from '../../text/yaml-source.ts';
import { type Entry, entry, type YamlValue } from '../../text/yaml-value.ts';
import { Reporter, type SigmaSource } from './report.ts';

type YamlMap = Extract<YamlValue, { kind: 'map' }>;

/** A document as it is meant: with what the collection's `action` documents add, and the faults of all its parts. */
export interface MeantDocument {
  readonly root: YamlValue;
  readonly reporter: Reporter;
}

/**
 * The documents of a file with the old `action` documents resolved (SIGMA Y2): `global` is merged into each following
 * detection rule and wins over it, as sigmac and pySigma have it; `repeat` is the rule before it with changes; `reset` ends
 * what `global` began.
 */
export function resolveActions(documents: readonly YamlDocument[], source: SigmaSource): MeantDocument[] {
  let global: MeantDocument | undefined;
  let previous: MeantDocument | undefined;
  return documents.flatMap(({ root, faults }): MeantDocument[] => {
    const reporter = new Reporter(source, faults);
    const own: MeantDocument = { root, reporter };
    if (
      root.kind !== 'map' ||
      entry(root, 'correlation') !== undefined ||
      entry(root, 'filter') !== undefined
    )
      return [own];
    const action = entry(root, 'action');
    if (action === undefined) {
      previous = own;
      return [merged(own, global, own, source)];
    }
    const name = action.value.kind === 'scalar' ? action.value.source : '';
    const body: MeantDocument = { root: without(root, action), reporter };
    switch (name) {
      case 'global':
        reporter.report('sigma/collection-action', action.keySpan, { value: name });
        global = body;
        previous = body;
        return [];
      case 'reset':
        reporter.report('sigma/collection-action', action.keySpan, { value: name });
        global = undefined;
        return [];
      case 'repeat':
        if (previous === undefined) break;
        reporter.report('sigma/collection-action', action.keySpan, { value: name });
        previous = merged(previous, body, own, source);
        return [merged(previous, global, own, source)];
    }
    reporter.report('sigma/collection-action-unknown', action.value.span, { value: name });
    return [body];
  });
}

/** `base` with everything of `over`, which wins; it stands where `own` does. */
function merged(
  base: MeantDocument,
  over: MeantDocument | undefined,
  own: MeantDocument,
  source: SigmaSource,
): MeantDocument {
  if (over === undefined || over.root.kind !== 'map' || base.root.kind !== 'map') return base;
  const root: YamlMap = { ...mergedMaps(base.root, over.root), span: own.root.span };
  const faults = new Set([...base.reporter.faults, ...over.reporter.faults, ...own.reporter.faults]);
  return { root, reporter: new Reporter(source, [...faults]) };
}

function mergedMaps(base: YamlMap, over: YamlMap): YamlMap {
  const entries = new Map(base.entries.map((found) => [found.key, found]));
  for (const found of over.entries) {
    const under = entries.get(found.key)?.value;
    const both = under?.kind === 'map' && found.value.kind === 'map';
    entries.set(found.key, both ? { ...found, value: mergedMaps(under, found.value) } : found);
  }
  return { ...base, entries: [...entries.values()] };
}

function without(map: YamlMap, { key }: Entry): YamlMap {
  return { ...map, entries: map.entries.filter((found) => found.key !== key) };
}
