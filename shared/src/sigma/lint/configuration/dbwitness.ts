import type { Severity } from '../../../text/problem.ts';
import { type Entry, entry, type YamlValue } from '../../../text/yaml-value.ts';
import { PROFILE_NAMES } from '../profiles.ts';
import {
  type ConfigurationSource,
  checkCalled,
  entriesOf,
  onlyKeys,
  optionsOf,
  textOf,
  textsOf,
} from './read-values.ts';
import type { CheckWish, Exclusion, KnowledgeName, Wishes } from './wishes.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const KNOWLEDGE: readonly KnowledgeName[] = ['attack', 'd3fend', 'taxonomy'];

/**
 * `dbwitness.yml`: below `lint` the profile, checks by id (off, on, a severity, or a map with severity and the check's options) and
 * exclusions by path or rule; below `knowledge` paths of newer files. Other keys at the top belong to other parts of the product.
 */
export function readDbwitness(root: YamlValue, source: ConfigurationSource): Wishes {
  const lint = entry(root, 'lint');
  const section = lint?.value;
  if (lint !== undefined) entriesOf(lint, source);
  if (section !== undefined) onlyKeys(section, ['profile', 'checks', 'exclude'], source);
  const named = textOf(entry(section, 'profile'), source);
  const profile = PROFILE_NAMES.find((name) => name === named);
  if (named !== undefined && profile === undefined)
    source.report(
      'lint/unknown-profile',
      { name: named },
      entry(section, 'profile')?.value.span ?? root.span,
    );
  const knowledge: Partial<Record<KnowledgeName, string>> = {};
  for (const found of entriesOf(entry(root, 'knowledge'), source)) {
    const name = KNOWLEDGE.find((known) => known === found.key);
    const path = textOf(found, source);
    if (name === undefined)
      source.report('lint/unknown-key', { key: found.key, known: KNOWLEDGE.join(', ') }, found.keySpan);
    else if (path !== undefined) knowledge[name] = path;
  }
  return {
    ...(profile === undefined ? {} : { profile }),
    checks: readChecks(entry(section, 'checks'), source),
    exclusions: readExclusions(entry(section, 'exclude'), source),
    knowledge,
  };
}

function readChecks(found: Entry | undefined, source: ConfigurationSource): ReadonlyMap<string, CheckWish> {
  const checks = new Map<string, CheckWish>();
  for (const wish of entriesOf(found, source)) {
    const id = checkCalled(wish.key, wish.keySpan, source);
    if (id === undefined) continue;
    // Problems of reading are no choice.
    if (id.startsWith('sigma/')) {
      source.report(
        'lint/value',
        { key: wish.key, what: 'no setting: it is found when the rule is read' },
        wish.keySpan,
      );
      continue;
    }
    const read = readCheck(id, wish, source);
    if (read !== undefined) checks.set(id, read);
  }
  return checks;
}

function readCheck(id: string, { key, value }: Entry, source: ConfigurationSource): CheckWish | undefined {
  if (value.kind === 'map') {
    const severity = severityOf(entry(value, 'severity'), source);
    const rest = value.entries.filter((found) => found.key !== 'severity');
    return {
      on: true,
      options: optionsOf(id, rest, source),
      ...(severity === undefined ? {} : { severity }),
    };
  }
  const word = value.kind === 'scalar' ? value.value : undefined;
  const severity = SEVERITIES.find((known) => known === word);
  if (severity !== undefined) return { on: true, severity };
  if (word === true || word === 'on') return { on: true };
  if (word === false || word === 'off') return { on: false };
  source.report(
    'lint/value',
    { key, what: 'on, off, error, warning, info, or a map with severity and options' },
    value.span,
  );
  return undefined;
}

function severityOf(found: Entry | undefined, source: ConfigurationSource): Severity | undefined {
  const severity = SEVERITIES.find((known) => found?.value.kind === 'scalar' && found.value.value === known);
  if (found !== undefined && severity === undefined)
    source.report('lint/value', { key: found.key, what: 'error, warning or info' }, found.value.span);
  return severity;
}

function readExclusions(found: Entry | undefined, source: ConfigurationSource): readonly Exclusion[] {
  if (found === undefined) return [];
  const items = found.value.kind === 'list' ? found.value.items : [found.value];
  return items.flatMap((item): Exclusion[] => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return [{ path: item.value }];
    if (item.kind !== 'map') {
      source.report('lint/value', { key: found.key, what: 'paths, or maps with path or rule' }, item.span);
      return [];
    }
    onlyKeys(item, ['path', 'rule', 'checks'], source);
    const path = textOf(entry(item, 'path'), source);
    const rule = textOf(entry(item, 'rule'), source);
    if (path === undefined && rule === undefined) {
      source.report('lint/value', { key: found.key, what: 'path or rule' }, item.span);
      return [];
    }
    const listed = entry(item, 'checks');
    const checks = textsOf(listed, source).flatMap(
      ({ text, value }) => checkCalled(text, value.span, source) ?? [],
    );
    return [
      {
        ...(path === undefined ? {} : { path }),
        ...(rule === undefined ? {} : { rule }),
        ...(listed === undefined ? {} : { checks }),
      },
    ];
  });
}
