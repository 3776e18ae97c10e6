import { type Entry, entry, type YamlValue } from '../../../text/yaml-value.ts';
import { CHECKS } from '../checks/index.ts';
import {
  type ConfigurationSource,
  checkCalled,
  entriesOf,
  onlyKeys,
  optionsOf,
  textsOf,
} from './read-values.ts';
import type { CheckWish, Exclusion, Wishes } from './wishes.ts';

/**
 * sigma-cli's configuration: `validators` is a list of names, `all` and, with `-` before it, what is taken away again;
 * `exclusions` maps rule ids to names; `config` maps names to parameters. Only pySigma's and SigmaHQ's checks take part.
 */
export function readPySigma(root: YamlValue, source: ConfigurationSource): Wishes {
  onlyKeys(root, ['validators', 'exclusions', 'config'], source);
  const on = new Set<string>();
  const theirs = CHECKS.filter(({ origin }) => origin === 'pysigma' || origin === 'sigmahq').map(
    ({ id }) => id,
  );
  for (const { text, value } of textsOf(entry(root, 'validators'), source)) {
    if (text === 'all') for (const id of theirs) on.add(id);
    else {
      const id = checkCalled(text.replace(/^-/, ''), value.span, source);
      if (id === undefined) continue;
      if (text.startsWith('-')) on.delete(id);
      else on.add(id);
    }
  }
  const options = new Map(
    entriesOf(entry(root, 'config'), source).flatMap((found) => {
      const id = checkCalled(found.key, found.keySpan, source);
      return id === undefined ? [] : [[id, optionsOf(id, entriesOf(found, source), source)] as const];
    }),
  );
  const wish = (id: string): CheckWish => {
    const given = options.get(id);
    return { on: on.has(id), ...(given === undefined ? {} : { options: given }) };
  };
  return {
    checks: new Map(CHECKS.map(({ id }) => [id, wish(id)])),
    exclusions: entriesOf(entry(root, 'exclusions'), source).map((found) => exclusion(found, source)),
    knowledge: {},
  };
}

function exclusion(found: Entry, source: ConfigurationSource): Exclusion {
  const checks = textsOf(found, source).flatMap(
    ({ text, value }) => checkCalled(text, value.span, source) ?? [],
  );
  return { rule: found.key, checks };
}
