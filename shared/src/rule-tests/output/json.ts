import { isoMicros } from '../../events/event-json.ts';
import { wanted } from '../judge.ts';
import type { FoundMatch, SuiteResult, TestResult } from '../test-result.ts';
import { type TestReport, totalsOf } from './test-report.ts';

/** The report as JSON: everything that is known. */
export function jsonReport(report: TestReport): unknown {
  return {
    engine: report.engine,
    ...totalsOf(report),
    rules: report.suites.map(suiteJson),
    notRunnable: report.listed.map(({ file, test }) => ({
      file: file.file,
      format: file.format,
      name: test.name,
      line: test.at.line,
      reason: test.notRunnable,
    })),
    untested: report.untested.map(({ title, id, file }) => ({ title, id, file })),
    problems: report.problems,
  };
}

function suiteJson({ suite, results, problems, mutation, ms }: SuiteResult): unknown {
  const { rule, file } = suite;
  return {
    rule: rule.id ?? rule.name ?? rule.title,
    title: rule.title,
    author: rule.author,
    file: rule.file,
    testFile: file.file,
    format: file.format,
    ms,
    tests: results.map(testJson),
    ...(problems.length === 0 ? {} : { problems }),
    ...(mutation === undefined
      ? {}
      : {
          mutation: {
            mutants: mutation.mutants.length,
            noticed: mutation.mutants.filter(({ noticedBy }) => noticedBy !== undefined).length,
            equivalent: mutation.equivalent,
            notTried: mutation.notTried,
            unnoticed: mutation.mutants.filter(({ noticedBy }) => noticedBy === undefined),
          },
        }),
  };
}

function testJson({ test, status, why, events, found, absentFields, explained }: TestResult): unknown {
  return {
    name: test.name,
    file: test.at.file,
    line: test.at.line,
    status,
    expected: wanted(test),
    ...(why.length === 0 ? {} : { why }),
    events,
    ...(found === undefined
      ? {}
      : {
          ruleStatus: found.status,
          reason: found.reason,
          matchCount: found.matches.length,
          matches: found.matches.map(matchJson),
          leftOut: found.leftOut,
        }),
    ...(found === undefined || found.notes.length === 0 ? {} : { notes: found.notes }),
    ...(absentFields.length === 0 ? {} : { absentFields }),
    ...(explained.length === 0 ? {} : { explained }),
  };
}

function matchJson({ first, last, ...match }: FoundMatch): unknown {
  if (first === undefined || last === undefined) return match;
  return { ...match, window: { first: isoMicros(first), last: isoMicros(last) } };
}
