import type { Severity } from '../../../text/problem.ts';
import { entry, type YamlValue } from '../../../text/yaml-value.ts';
import { CHECKS } from '../checks/index.ts';
import { checkNamed } from '../other-names.ts';
import { type ConfigurationSource, entriesOf, textsOf } from './read-values.ts';
import type { CheckWish, Wishes } from './wishes.ts';

const SEVERITIES: Readonly<Record<string, Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  hint: 'info',
};

/**
 * rsigma's configuration, as far as its names mean something here: `disabled_rules`, `severity_overrides`, `exclude`, and
 * `ads`, which switches those checks on. What only rsigma knows is passed over: the file is written for rsigma.
 */
export function readRsigma(root: YamlValue, source: ConfigurationSource): Wishes {
  const checks = new Map<string, CheckWish>();
  if (entry(root, 'ads') !== undefined)
    for (const { id } of CHECKS) if (id.startsWith('ads_')) checks.set(id, { on: true });
  for (const found of entriesOf(entry(root, 'severity_overrides'), source)) {
    const id = checkNamed(found.key);
    const word = found.value.kind === 'scalar' ? String(found.value.value) : '';
    const severity = SEVERITIES[word];
    if (severity === undefined)
      source.report('lint/value', { key: found.key, what: 'error, warning, info or hint' }, found.value.span);
    else if (id !== undefined) checks.set(id, { on: true, severity });
  }
  for (const { text } of textsOf(entry(root, 'disabled_rules'), source)) {
    const id = checkNamed(text);
    if (id !== undefined) checks.set(id, { on: false });
  }
  return {
    checks,
    exclusions: textsOf(entry(root, 'exclude'), source).map(({ text }) => ({ path: text })),
    knowledge: {},
  };
}
