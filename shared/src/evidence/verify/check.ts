import { visible } from '../../text/problem.ts';
import type { PackageContents } from './package-contents.ts';

export type CheckStatus = 'pass' | 'fail' | 'warn' | 'not-checked';

/** One line of the result. `not-checked` has its reason in `detail` and never counts as a pass. */
export interface CheckResult {
  readonly id: string;
  readonly status: CheckStatus;
  /** Path in the package, exhibit, ledger entry; empty where the check is of the whole. */
  readonly target: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly detail: string;
}

/** A family of checks that read the same things. Adding one = one file and one line in `checks/index.ts`. */
export interface Check {
  readonly ids: readonly string[];
  /** Reports into `findings`; an id without a report passed. */
  run(contents: PackageContents, findings: Findings): void | Promise<void>;
}

/** Where checks report. Values from the package are neutralised here, once. */
export class Findings {
  readonly results: CheckResult[] = [];

  fail(
    id: string,
    target: string,
    detail: string,
    compared: { expected?: string; actual?: string } = {},
  ): void {
    this.add('fail', id, target, detail, compared);
  }

  warn(id: string, target: string, detail: string): void {
    this.add('warn', id, target, detail, {});
  }

  /** Says why something could not be checked. */
  skip(id: string, target: string, reason: string): void {
    this.add('not-checked', id, target, reason, {});
  }

  private add(
    status: CheckStatus,
    id: string,
    target: string,
    detail: string,
    { expected, actual }: { expected?: string; actual?: string },
  ): void {
    this.results.push({
      id,
      status,
      target: visible(target),
      ...(expected === undefined ? {} : { expected: visible(expected) }),
      ...(actual === undefined ? {} : { actual: visible(actual) }),
      detail: visible(detail),
    });
  }
}
