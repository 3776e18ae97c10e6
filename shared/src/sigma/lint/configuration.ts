import { type Parsed, type Problem, problem } from '../../text/problem.ts';
import { YamlSource } from '../../text/yaml-source.ts';
import { entry, type YamlValue } from '../../text/yaml-value.ts';
import { readDbwitness } from './configuration/dbwitness.ts';
import { readPySigma } from './configuration/pysigma.ts';
import type { ConfigurationSource } from './configuration/read-values.ts';
import { readRsigma } from './configuration/rsigma.ts';
import type { CheckWish, Exclusion, KnowledgePaths, Wishes } from './configuration/wishes.ts';
import type { ActiveCheck } from './lint-documents.ts';
import { LINT_PROBLEMS } from './problem-table.ts';
import { checksOf, type ProfileName } from './profiles.ts';

/** What a configuration file asks for. */
export interface LintConfiguration {
  readonly profile: ProfileName;
  readonly checks: readonly ActiveCheck[];
  readonly exclusions: readonly Exclusion[];
  readonly knowledge: KnowledgePaths;
}

/** Names under which a configuration is looked for, the first found in a folder counts. */
export const CONFIGURATION_NAMES = [
  'dbwitness.yml',
  'dbwitness.yaml',
  '.rsigma-lint.yml',
  'sigma_cli_conf.yml',
] as const;

/** Form by the key that only it has. */
const FORMS: readonly (readonly [
  readonly string[],
  (root: YamlValue, source: ConfigurationSource) => Wishes,
])[] = [
  [['lint', 'knowledge'], readDbwitness],
  [['validators'], readPySigma],
  [['disabled_rules', 'severity_overrides', 'ads', 'tag_namespaces'], readRsigma],
];

/**
 * Reads `dbwitness.yml`, sigma-cli's `sigma_cli_conf.yml` or rsigma's `.rsigma-lint.yml`: the form is told by its keys.
 * A profile that is asked for otherwise (`--profile`) goes before that of the file.
 */
export function readConfiguration(
  file: string,
  text: string,
  asked?: ProfileName,
): Parsed<LintConfiguration> {
  const source: ConfigurationSource = new YamlSource(file, text, LINT_PROBLEMS);
  const [root] = source.documents({
    syntax: 'lint/yaml',
    duplicate: 'lint/duplicate-key',
    size: 'lint/too-large',
  });
  const form = FORMS.find(([keys]) => keys.some((key) => entry(root, key) !== undefined));
  if (root === undefined || form === undefined) {
    // A dbwitness.yml may be there for another part of the product.
    const problems: Problem[] = [...source.problems];
    if (!/(^|\/)dbwitness\.ya?ml$/.test(file) || (root !== undefined && root.kind !== 'map'))
      problems.push(problem(LINT_PROBLEMS, 'lint/not-a-configuration', {}, { file, line: 1 }));
    return { value: defaultConfiguration(asked), problems };
  }
  const wishes = form[1](root, source);
  const profile = asked ?? wishes.profile ?? 'dbwitness';
  return {
    value: {
      profile,
      checks: applied(profile, wishes.checks),
      exclusions: wishes.exclusions,
      knowledge: wishes.knowledge,
    },
    problems: source.problems,
  };
}

export function defaultConfiguration(profile: ProfileName = 'dbwitness'): LintConfiguration {
  return { profile, checks: checksOf(profile), exclusions: [], knowledge: {} };
}

function applied(profile: ProfileName, wishes: ReadonlyMap<string, CheckWish>): readonly ActiveCheck[] {
  const inProfile = new Set(checksOf(profile).map(({ check }) => check.id));
  return checksOf('strict').flatMap(({ check }) => {
    const wish = wishes.get(check.id);
    if (!(wish?.on ?? inProfile.has(check.id))) return [];
    return [{ check, severity: wish?.severity ?? check.severity, options: wish?.options ?? {} }];
  });
}
