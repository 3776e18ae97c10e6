import { loadRules } from '../load-rules.ts';
import type { Exclusion } from './configuration/wishes.ts';
import type { LintConfiguration } from './configuration.ts';
import type { Finding } from './finding.ts';
import { fitsGlob } from './glob.ts';
import type { Knowledge } from './lint-context.ts';
import type { LintDocument } from './lint-document.ts';
import { inOrder, type LintResult, lintLoaded } from './lint-documents.ts';
import { readSuppressions } from './suppressions.ts';

export interface ConfiguredLint {
  readonly configuration: LintConfiguration;
  readonly knowledge: Knowledge;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Rule files that have tests beside them; left out where that is not known. */
  readonly tested?: ReadonlySet<string>;
  /** The path of a file from the configuration's folder, with `/`; where absent, its name. */
  readonly pathOf?: (file: string) => string;
}

export interface ConfiguredResult extends LintResult {
  /** Findings that comments and exclusions took out. */
  readonly suppressed: number;
}

/** Lints files as a configuration and their own comments want it; what the comments do wrong is among the findings. */
export function lintConfigured(
  files: readonly { readonly name: string; readonly text: string }[],
  { configuration, knowledge, today, tested, pathOf = (file) => file }: ConfiguredLint,
): ConfiguredResult {
  const loaded = loadRules(files);
  const roots = new Map<string, LintDocument['root'][]>();
  for (const { file, root } of loaded.value.documents) {
    const before = roots.get(file);
    if (before === undefined) roots.set(file, [root]);
    else before.push(root);
  }
  const comments = new Map(
    files
      .filter(({ text }) => text.includes('-disable'))
      .map(({ name, text }) => [name, readSuppressions(name, text, roots.get(name) ?? [])]),
  );
  const excluded = exclusionsBy(configuration.exclusions, pathOf);
  let suppressed = 0;
  const keep = (finding: Finding, document: LintDocument | undefined): boolean => {
    // Both are asked: a comment is in use even where an exclusion takes its finding too.
    const byComment = comments.get(finding.at?.file ?? '')?.suppress(finding) === true;
    if (!byComment && !excluded(finding, document)) return true;
    suppressed++;
    return false;
  };
  const { checks } = configuration;
  const result = lintLoaded(files, loaded, {
    knowledge,
    today,
    checks,
    keep,
    ...(tested === undefined ? {} : { tested }),
  });
  const active = new Set(checks.map(({ check }) => check.id));
  const about = [...comments.values()].flatMap((one) => one.problems(active));
  const findings = withoutSuperseded(result.findings, configuration);
  return {
    documents: result.documents,
    suppressed,
    findings: about.length === 0 ? findings : inOrder([...findings, ...about], files),
  };
}

/** Whether an exclusion takes a finding out. */
function exclusionsBy(
  exclusions: readonly Exclusion[],
  pathOf: (file: string) => string,
): (finding: Finding, document: LintDocument | undefined) => boolean {
  if (exclusions.length === 0) return () => false;
  const byRule = new Map<string, Exclusion[]>();
  const byPath = exclusions.filter(({ rule }) => rule === undefined);
  for (const exclusion of exclusions) {
    if (exclusion.rule === undefined) continue;
    byRule.set(exclusion.rule, [...(byRule.get(exclusion.rule) ?? []), exclusion]);
  }
  const paths = new Map<string, readonly Exclusion[]>();
  const fitting = (file: string) => {
    const known = paths.get(file);
    if (known !== undefined) return known;
    const path = pathOf(file);
    const found = byPath.filter((exclusion) => fits(exclusion, path));
    paths.set(file, found);
    return found;
  };
  const fits = ({ path: pattern }: Exclusion, path: string) =>
    pattern === undefined || fitsGlob(pattern, path);
  return ({ code, at }, document) => {
    const file = at?.file ?? '';
    const ofRule = byRule.get(document?.rule.id ?? '')?.filter((one) => fits(one, pathOf(file))) ?? [];
    return [...ofRule, ...fitting(file)].some(({ checks }) => checks === undefined || checks.includes(code));
  };
}

/** Without findings of checks that say less of a place than another one there. */
function withoutSuperseded(findings: readonly Finding[], { checks }: LintConfiguration): readonly Finding[] {
  const better = new Map<string, string[]>();
  for (const { check } of checks)
    for (const id of check.supersedes ?? []) better.set(id, [...(better.get(id) ?? []), check.id]);
  const places = new Set(findings.map(({ code, at }) => `${code} ${at?.span?.from} ${at?.file}`));
  return findings.filter(
    ({ code, at }) =>
      !better.get(code)?.some((other) => places.has(`${other} ${at?.span?.from} ${at?.file}`)),
  );
}
