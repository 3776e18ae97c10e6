import type { Estate } from '../estate/estate.ts';
import { FieldReader } from '../sigma/documents/field-reader.ts';
import type { EventRunOptions } from '../sigma/documents/run-on-events.ts';
import type { ReadDocument } from '../sigma/load-rules.ts';
import type { TableEngine } from '../sigma/sql/table-engine.ts';
import type { Cancel } from '../text/cancel.ts';
import { explainTest } from './explain-test.ts';
import { judge } from './judge.ts';
import { makeMutants } from './mutate/make-mutants.ts';
import type { MutationReport } from './mutate/mutation-report.ts';
import { tryMutants } from './mutate/try-mutants.ts';
import type { PreparedTest, TestHost } from './prepare.ts';
import { type PreparedSuite, prepareSuite } from './prepare-suite.ts';
import type { RuleTest } from './rule-test.ts';
import type { TestSuite } from './suites.ts';
import type { SuiteResult, TestResult } from './test-result.ts';
import { runVariants } from './variants.ts';

export interface SuiteOptions {
  readonly engine: TableEngine;
  readonly host: TestHost;
  /** For files of tests that state none. */
  readonly estate?: Estate;
  /** Tries mutants too; the documents that the rules were read from. */
  readonly mutate?: { readonly documents: readonly ReadDocument[] };
  readonly signal?: Cancel;
  /** Milliseconds of a clock. */
  clock(): number;
}

/**
 * Runs the tests of one rule: all of their events in one table, each test judged by itself. What keeps a test from running is
 * its result; `RunCancelled` is thrown when the signal is aborted.
 */
export async function runSuite(suite: TestSuite, options: SuiteOptions): Promise<SuiteResult> {
  const { engine, host, signal, clock } = options;
  const began = clock();
  const made = await prepareSuite(suite, host, options.estate);
  const { estate, kind, problems } = made;
  const running: EventRunOptions = {
    kind,
    clock,
    ...(estate === undefined ? {} : { estate }),
    ...(signal === undefined ? {} : { signal }),
  };
  const runnable = made.tests.filter(({ fault }) => fault === undefined);
  const [found = []] = runnable.length === 0 ? [] : await runVariants([suite], runnable, engine, running);
  const byTest = new Map(made.tests.map((prepared) => [prepared.test, prepared]));
  const results: TestResult[] = [];
  for (const test of suite.tests) {
    const prepared = byTest.get(test);
    const of = prepared === undefined ? undefined : found[runnable.indexOf(prepared)];
    if (prepared === undefined || of === undefined) {
      results.push(withoutRun(test, prepared));
      continue;
    }
    const why = judge(test, of, suite.file.start);
    const events = prepared.slices.flat();
    results.push({
      test,
      status: why.length === 0 ? 'passed' : 'failed',
      why,
      events: events.length,
      found: of,
      absentFields: of.status === 'ran' ? absentIn(events, made.fields) : [],
      explained: why.length === 0 ? [] : await explainTest(suite, prepared, of, engine, running),
    });
  }
  const mutation =
    options.mutate === undefined
      ? undefined
      : await mutated(
          suite,
          results,
          { ...made, tests: runnable },
          options.mutate.documents,
          engine,
          running,
        );
  return {
    suite,
    results,
    problems,
    ...(mutation === undefined ? {} : { mutation }),
    ms: clock() - began,
  };
}

/** The result of a test that could not be tried, by its own nature or by what is wrong with what it names. */
function withoutRun(test: RuleTest, prepared: PreparedTest | undefined): TestResult {
  const why = [prepared?.fault ?? test.notRunnable ?? 'it could not be run'];
  const status = prepared === undefined ? 'not run' : 'failed';
  return { test, status, why, events: 0, absentFields: [], explained: [] };
}

async function mutated(
  suite: TestSuite,
  results: readonly TestResult[],
  { tests, estate, kind }: PreparedSuite,
  documents: readonly ReadDocument[],
  engine: TableEngine,
  running: EventRunOptions,
): Promise<MutationReport> {
  const nothing = { mutants: [], equivalent: 0 };
  if (results.some(({ status }) => status === 'failed'))
    return { ...nothing, notTried: 'tests fail, so that nothing can be noticed' };
  if (tests.length === 0) return { ...nothing, notTried: 'no test can be run' };
  const [faulty] = suite.set.rules.flatMap(({ faults }) => faults);
  if (faulty !== undefined) return { ...nothing, notTried: `the rule cannot run: ${faulty.message}` };
  const { mutants, equivalent } = makeMutants(suite, documents, estate, kind);
  return { mutants: await tryMutants(mutants, tests, suite.file.start, engine, running), equivalent };
}

/** Those of `fields` that no event has a value of (SIGMA R19). */
function absentIn(events: PreparedTest['slices'][number], fields: readonly string[]): readonly string[] {
  const present = new Set<number>();
  const reader = new FieldReader(fields);
  for (const { fields: ofEvent, at } of events) {
    reader.read(ofEvent, (field) => present.add(field));
    if (at !== undefined && fields.includes('time')) present.add(fields.indexOf('time'));
  }
  return fields.filter((_, field) => !present.has(field));
}
