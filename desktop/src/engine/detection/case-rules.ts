import { type LoadedRules, loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { mapRules } from '@dbwitness/shared/sigma/mappings/map-rules.ts';
import type { RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import type { Parsed } from '@dbwitness/shared/text/problem.ts';
import { shippedMappings } from './mapping-files.ts';

/** Rules for the events of a case: those of other taxonomies in the names of the event dictionary (SIGMA P3). */
export async function caseRules(files: Parameters<typeof loadRules>[0]): Promise<Parsed<RuleSet>> {
  const loaded = loadRules(files);
  if (!isForeign(loaded.value)) return loaded;
  const value = mapRules(loaded.value, await shippedMappings());
  const faults = (set: RuleSet) => new Set([...set.rules, ...set.filters].flatMap((rule) => rule.faults));
  const [before, after] = [faults(loaded.value), faults(value)];
  return { value, problems: loaded.problems.filter((one) => !before.has(one) || after.has(one)) };
}

function isForeign({ rules, filters }: LoadedRules): boolean {
  return [...rules, ...filters].some(({ taxonomy = 'sigma' }) => taxonomy !== 'sigma');
}
