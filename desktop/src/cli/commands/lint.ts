import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { lintConfigured } from '@dbwitness/shared/sigma/lint/lint-configured.ts';
import { mend } from '@dbwitness/shared/sigma/lint/mend.ts';
import { githubReport } from '@dbwitness/shared/sigma/lint/output/github.ts';
import { jsonReport } from '@dbwitness/shared/sigma/lint/output/json.ts';
import type { FixedFile, LintReport } from '@dbwitness/shared/sigma/lint/output/report.ts';
import { sarifReport } from '@dbwitness/shared/sigma/lint/output/sarif.ts';
import { summary, textReport } from '@dbwitness/shared/sigma/lint/output/text.ts';
import { PROFILE_NAMES } from '@dbwitness/shared/sigma/lint/profiles.ts';
import type { EngineError } from '../../engine/engine-error.ts';
import { VERSION } from '../../product/version.ts';
import { type Command, UsageError } from '../command.ts';
import { errorLines } from '../error-lines.ts';
import {
  configurationAbove,
  type FoundConfiguration,
  readConfigurationFile,
} from '../lint/find-configuration.ts';
import { loadKnowledge } from '../lint/knowledge-files.ts';
import { type RuleSource, readRuleSources, testedAmong } from '../lint/rule-sources.ts';
import { refusalOf, writeOver } from '../lint/write-over.ts';
import { existingPath, oneOf } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof FORMATS)[number];

export const lintCommand: Command = {
  name: 'lint',
  summary: 'Check Sigma rules. Exit code 1 when there are errors or warnings; info alone is fine.',
  usage: 'PATH…',
  arity: [1, Number.POSITIVE_INFINITY],
  options: {
    profile: {
      type: 'string',
      value: 'NAME',
      help: 'dbwitness (default), sigmahq (what its continuous integration checks) or strict (every check)',
    },
    fix: { type: 'boolean', help: 'mend what can be mended without a change of meaning, and say what was' },
    config: {
      type: 'string',
      value: 'FILE',
      help: 'configuration (default: dbwitness.yml, .rsigma-lint.yml or sigma_cli_conf.yml beside PATH or above it)',
    },
    format: { type: 'string', value: 'FORMAT', help: 'text (default), json, sarif or github' },
  },
  examples: [
    'dbwitness lint rules',
    'dbwitness lint rules --fix',
    'dbwitness lint rules --profile sigmahq --format sarif > lint.sarif',
  ],
  async run(input, terminal) {
    const asked = oneOf(input, 'format', FORMATS);
    if (input.on('json') && asked !== undefined && asked !== 'json')
      throw new UsageError(`--json and --format ${asked} exclude each other.`);
    const format = input.on('json') ? 'json' : (asked ?? 'text');
    const profile = oneOf(input, 'profile', PROFILE_NAMES);
    const config = existingPath(input, 'config');
    for (const path of input.positionals) {
      if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}.`);
    }
    let failed = false;
    const passedOver: string[] = [];
    const groups = new Map<string | undefined, Map<string, RuleSource>>();
    for (const path of input.positionals) {
      const found = await readRuleSources(path);
      terminal.signal.throwIfAborted();
      for (const refused of found.refused) terminal.note(errorLines(refused).join('\n'));
      failed ||= found.refused.length > 0;
      passedOver.push(...found.passedOver);
      const above = config ?? configurationAbove(path);
      const group = groups.get(above) ?? new Map<string, RuleSource>();
      groups.set(above, group);
      for (const rule of found.rules) group.set(resolve(rule.path), rule);
    }
    const reports: LintReport[] = [];
    for (const [above, sources] of groups) {
      const configuration = await readConfigurationFile(above, profile);
      if (configuration.problems.length > 0) reports.push(aboutConfiguration(configuration));
      if (configuration.problems.some(({ severity }) => severity === 'error')) failed = true;
      else {
        const { refused, ...group } = await lintGroup([...sources.values()], configuration, input.on('fix'));
        for (const refusal of refused) terminal.note(errorLines(refusal).join('\n'));
        failed ||= refused.length > 0;
        reports.push(group);
      }
    }
    const report = joined(reports, passedOver);
    await print(report, format, terminal);
    if (failed) return 3;
    return report.findings.some(({ severity }) => severity !== 'info') ? 1 : 0;
  },
};

async function lintGroup(
  sources: readonly RuleSource[],
  { configuration, folder }: FoundConfiguration,
  fix: boolean,
): Promise<LintReport & { readonly refused: readonly EngineError[] }> {
  const knowledge = await loadKnowledge(configuration, folder);
  const paths = new Map(sources.map(({ name, path }) => [name, path]));
  const pathOf = (file: string) =>
    relative(folder, resolve(paths.get(file) ?? file))
      .split(sep)
      .join('/');
  const today = new Date().toISOString().slice(0, 10);
  const tested = testedAmong(sources);
  const lint = (files: readonly { readonly name: string; readonly text: string }[]) =>
    lintConfigured(files, { configuration, knowledge, today, tested, pathOf });
  const { files, result, applied } = fix
    ? mend(sources, lint)
    : { files: sources, result: lint(sources), applied: [] };
  const fixed: FixedFile[] = [];
  const refused: EngineError[] = [];
  for (const [i, { name, text }] of files.entries()) {
    const source = sources[i];
    if (source === undefined || source.text === text) continue;
    const refusal = await writeOver(source.path, text).catch(refusalOf);
    if (refusal !== undefined) {
      refused.push(refusal);
      continue;
    }
    const changes = applied
      .filter(({ at }) => at?.file === name)
      .map(({ code, at, fix: done }) => ({ code, title: done?.title ?? '', line: at?.line ?? 1 }));
    fixed.push({ file: name, changes });
  }
  // A file that could not be written keeps its findings.
  const kept = new Set(refused.map(({ at }) => at?.file));
  const standing = files.map((file, i) => (kept.has(sources[i]?.path) ? (sources[i] ?? file) : file));
  const texts = new Map(standing.map(({ name, text }) => [name, text]));
  return { ...(kept.size === 0 ? result : lint(standing)), texts, passedOver: [], fixed, refused };
}

/** What is wrong with a configuration; with an error in it nothing is checked, since it may mean something else. */
function aboutConfiguration({ file = '', text, problems }: FoundConfiguration): LintReport {
  const texts = new Map([[file, text]]);
  return { findings: problems, texts, documents: [], suppressed: 0, passedOver: [], fixed: [] };
}

function joined(reports: readonly LintReport[], passedOver: readonly string[]): LintReport {
  return {
    findings: reports.flatMap(({ findings }) => findings),
    texts: new Map(reports.flatMap(({ texts }) => [...texts])),
    documents: reports.flatMap(({ documents }) => documents),
    suppressed: reports.reduce((sum, { suppressed }) => sum + suppressed, 0),
    passedOver,
    fixed: reports.flatMap(({ fixed }) => fixed),
  };
}

async function print(report: LintReport, format: Format, terminal: Terminal): Promise<void> {
  switch (format) {
    case 'text':
      return terminal.line(textReport(report, terminal.outIsTerminal));
    case 'json':
      return terminal.write(`${JSON.stringify(jsonReport(report))}\n`);
    case 'sarif':
      terminal.note(summary(report));
      return terminal.write(`${JSON.stringify(sarifReport(report, VERSION), undefined, 2)}\n`);
    case 'github':
      terminal.note(summary(report));
      return terminal.write(githubReport(report));
  }
}
