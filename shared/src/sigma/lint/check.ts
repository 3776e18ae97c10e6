import type { Severity } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';
import type { Fix } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import type { LintDocument } from './lint-document.ts';
import type { OptionValue } from './option-value.ts';

/**
 * Where a check comes from: pySigma's core validators, SigmaHQ's, other tools, or this one. Checks of pySigma and SigmaHQ keep
 * their ids, so that configurations and habits carry over (SIGMA L1).
 */
export type CheckOrigin = 'pysigma' | 'sigmahq' | 'others' | 'own';

/** What every check says of itself; the generated reference and the hovers print it. */
interface CheckHead {
  /** Stable, lower case with `_`. */
  readonly id: string;
  readonly origin: CheckOrigin;
  readonly severity: Severity;
  /** Checks that say less of the same: where one of them marks what this one marks, only this one's finding is shown. */
  readonly supersedes?: readonly string[];
  /** Off unless a profile or the configuration turns it on. Default: on. */
  readonly optIn?: boolean;
  /** What it finds, as one sentence without a full stop: `two tags are the same`. */
  readonly about: string;
  /** Why that matters and what to do. */
  readonly help: string;
  /** Parameters with their defaults, as pySigma names them (`word_list`, `min_size`). */
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** Rules (without what does not matter to the check) that it finds and that it passes: documentation and test in one. */
  readonly examples: CheckExamples;
}

export interface CheckExamples {
  readonly invalid: readonly InvalidExample[];
  readonly valid: readonly Example[];
}

/** A rule as text, or its files by name where the check looks at names or at several files. */
export type Example = string | Readonly<Record<string, string>>;

export interface InvalidExample {
  readonly rule: Example;
  /** The marked text of each finding, in order of place. */
  readonly marks: readonly string[];
  /** The rule after its fixes. */
  readonly fixed?: string;
}

/** One finding of a check: where, what a person has to know, and how to mend it. */
export type Report = (at: Span, message: string, fix?: Fix) => void;

/** A check that looks at one document at a time. */
export interface DocumentCheck extends CheckHead {
  check(document: LintDocument, report: Report, context: LintContext): void;
}

/** A check that compares the documents of a whole workspace. */
export interface WorkspaceCheck extends CheckHead {
  checkAll(
    documents: readonly LintDocument[],
    report: (document: LintDocument, ...found: Parameters<Report>) => void,
    context: LintContext,
  ): void;
}

export type Check = DocumentCheck | WorkspaceCheck;
