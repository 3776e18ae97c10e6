import type { Problem, Severity } from '../../text/problem.ts';
import { visible } from '../../text/problem.ts';
import type { Place, Span } from '../../text/span.ts';
import { type LoadedRules, loadRules } from '../load-rules.ts';
import type { Check, Report } from './check.ts';
import { CHECKS } from './checks/index.ts';
import type { Finding, Fix } from './finding.ts';
import type { Knowledge, LintContext } from './lint-context.ts';
import type { LintDocument } from './lint-document.ts';
import { openDocument } from './open-document.ts';
import type { OptionValue } from './option-value.ts';
import { withFix } from './problem-fixes.ts';

/** A check as a configuration wants it. */
export interface ActiveCheck {
  readonly check: Check;
  readonly severity: Severity;
  /** Values of its parameters where they differ from the defaults. */
  readonly options: Readonly<Record<string, OptionValue>>;
}

export interface LintOptions {
  readonly knowledge: Knowledge;
  /** `YYYY-MM-DD`, for checks of age. */
  readonly today: string;
  /** Rule files that have tests beside them; left out where that is not known. */
  readonly tested?: ReadonlySet<string>;
  /** What runs; all checks that are not opt-in where absent. */
  readonly checks?: readonly ActiveCheck[];
  /** Whether a finding counts: suppressions and exclusions have their say here. Documents that are no rule have none. */
  readonly keep?: (finding: Finding, document: LintDocument | undefined) => boolean;
}

export interface LintResult {
  /** What reading and checking found, by file in the order given, then by place. */
  readonly findings: readonly Finding[];
  readonly documents: readonly LintDocument[];
}

interface File {
  readonly name: string;
  readonly text: string;
}

/** Reads rule files and checks them, each alone and all together. */
export function lintDocuments(files: readonly File[], options: LintOptions): LintResult {
  return lintLoaded(files, loadRules(files), options);
}

/** The same for files that are loaded already. */
export function lintLoaded(
  files: readonly File[],
  loaded: { readonly value: LoadedRules; readonly problems: readonly Problem[] },
  options: LintOptions,
): LintResult {
  const documents = loaded.value.documents.map(openDocument);
  const findings = [
    ...problemsOf(documents, loaded.problems, options),
    ...checkDocuments(documents, options),
  ];
  return { findings: inOrder(findings, files), documents };
}

/** What reading found, with the fixes that the linter knows for it. */
function problemsOf(
  documents: readonly LintDocument[],
  problems: readonly Problem[],
  { keep }: LintOptions,
): readonly Finding[] {
  if (problems.length === 0) return [];
  const byFile = new Map<string, LintDocument[]>();
  for (const document of documents) {
    const before = byFile.get(document.file);
    if (before === undefined) byFile.set(document.file, [document]);
    else before.push(document);
  }
  return problems.flatMap((found) => {
    const from = found.at?.span?.from ?? 0;
    const document = byFile
      .get(found.at?.file ?? '')
      ?.find(({ root }) => root.span.from <= from && from < root.span.to);
    const finding = withFix(found, document);
    return keep === undefined || keep(finding, document) ? [finding] : [];
  });
}

/**
 * What the checks find in documents that are open: by check, not by place. An editor asks this of one document at every
 * stroke, with the checks that look at one at a time.
 */
export function checkDocuments(
  documents: readonly LintDocument[],
  { checks = defaultChecks(), keep, knowledge, today, tested }: LintOptions,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { check, severity, options } of checks) {
    const context: LintContext = {
      knowledge,
      today,
      tested,
      option: <T extends OptionValue>(name: string) => (options[name] ?? check.options?.[name]) as T,
    };
    const report = (document: LintDocument, at: Span, message: string, fix?: Fix) => {
      const finding: Finding = {
        code: check.id,
        severity,
        message: visible(message),
        at: placeOf(document, at),
        ...(fix === undefined ? {} : { fix }),
      };
      if (keep === undefined || keep(finding, document)) findings.push(finding);
    };
    if ('checkAll' in check) check.checkAll(documents, report, context);
    else {
      // One function for all documents: a new one for each would be made hundreds of thousands of times.
      let current: LintDocument | undefined;
      const reportHere: Report = (at, message, fix) => {
        if (current !== undefined) report(current, at, message, fix);
      };
      for (current of documents) check.check(current, reportHere, context);
    }
  }
  return findings;
}

/** Every check that is not opt-in, as it comes. */
export function defaultChecks(): readonly ActiveCheck[] {
  return CHECKS.filter(({ optIn }) => optIn !== true).map((check) => ({
    check,
    severity: check.severity,
    options: {},
  }));
}

function placeOf({ file, text }: LintDocument, span: Span): Place {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < span.from; at = text.indexOf('\n', at + 1)) line++;
  return { file, line, span };
}

/** Findings by file, in the order of `files`, then by place. */
export function inOrder(
  findings: readonly Finding[],
  files: readonly { readonly name: string }[],
): readonly Finding[] {
  const order = new Map(files.map(({ name }, index) => [name, index]));
  const rank = (finding: Finding) => order.get(finding.at?.file ?? '') ?? -1;
  return [...findings].sort((a, b) => rank(a) - rank(b) || (a.at?.span?.from ?? 0) - (b.at?.span?.from ?? 0));
}
