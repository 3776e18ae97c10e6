import type { SuiteResult, TestResult } from '../test-result.ts';
import { type TestReport, totalsOf } from './test-report.ts';
import { resultLines } from './text.ts';

/**
 * The report as JUnit XML, valid by the schema that Jenkins holds it to (junit-10.xsd): a suite a rule, a case a test.
 */
export function junitReport(report: TestReport): string {
  const errors = report.problems.filter(({ severity }) => severity === 'error');
  const suites = [
    ...report.suites.map((suite) => suiteXml(suite)),
    ...(errors.length === 0 ? [] : [filesXml(errors)]),
    ...(report.listed.length === 0 ? [] : [listedXml(report)]),
  ];
  const { passed, failed, notRun } = totalsOf(report);
  const total = passed + failed + notRun + errors.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="dbwitness test" tests="${total}" failures="${failed}" errors="${errors.length}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteXml(suite: SuiteResult): string {
  const { rule } = suite.suite;
  const count = (status: TestResult['status']) =>
    suite.results.filter((result) => result.status === status).length;
  return [
    `  <testsuite name="${xml(rule.title)}" file="${xml(rule.file)}" tests="${suite.results.length}" failures="${count('failed')}" errors="0" skipped="${count('not run')}" time="${(suite.ms / 1000).toFixed(3)}">`,
    ...suite.results.map((result) => caseXml(result, suite)),
    ...mutantsXml(suite),
    '  </testsuite>',
  ].join('\n');
}

function caseXml(result: TestResult, suite: SuiteResult): string {
  const { test, status, why } = result;
  const head = `    <testcase classname="${xml(suite.suite.rule.file)}" name="${xml(test.name)}"`;
  if (status === 'passed') return `${head}/>`;
  const message = xml(why.join('; '));
  if (status === 'not run') return `${head}><skipped message="${message}"/></testcase>`;
  return `${head}><failure message="${message}">${content(resultLines(result).join('\n'))}</failure></testcase>`;
}

/** Mutants are no tests: what none notices is told as output. */
function mutantsXml({ mutation }: SuiteResult): readonly string[] {
  if (mutation === undefined) return [];
  const unnoticed = mutation.mutants.filter(({ noticedBy }) => noticedBy === undefined);
  const shown = unnoticed.map(({ file, line, mutation: kind, diff }) => `${file}:${line} ${kind}\n${diff}`);
  const said =
    mutation.notTried ?? `no test notices ${unnoticed.length} of ${mutation.mutants.length} mutants`;
  return [`    <system-out>${content([said, ...shown].join('\n'))}</system-out>`];
}

function filesXml(errors: TestReport['problems']): string {
  return [
    `  <testsuite name="files" tests="${errors.length}" failures="0" errors="${errors.length}" skipped="0">`,
    ...errors.map(
      ({ code, message, at }) =>
        `    <testcase classname="${xml(at?.file ?? '')}" name="${xml(`${code} line ${at?.line ?? 1}`)}"><error message="${xml(message)}"/></testcase>`,
    ),
    '  </testsuite>',
  ].join('\n');
}

function listedXml({ listed }: TestReport): string {
  return [
    `  <testsuite name="tests of other tools" tests="${listed.length}" failures="0" errors="0" skipped="${listed.length}">`,
    ...listed.map(
      ({ file, test }) =>
        `    <testcase classname="${xml(file.file)}" name="${xml(test.name)}"><skipped message="${xml(test.notRunnable ?? '')}"/></testcase>`,
    ),
    '  </testsuite>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as an attribute's value, in which blanks other than spaces would be lost. */
function xml(text: string): string {
  return content(text).replace(/[\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}

/** Text as XML 1.0 can hold it: characters that it has no way to write become U+FFFD. */
function content(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);
}
