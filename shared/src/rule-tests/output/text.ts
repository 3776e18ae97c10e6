import { eventsOf, shownGroup, shownSpan } from '../judge.ts';
import type { ExplainedEvent, RuleFound, SuiteResult, TestResult } from '../test-result.ts';
import { type TestReport, totalsOf } from './test-report.ts';

/** Tests of a rule on an event that are shown: those that decide. */
const MOST_LEAVES = 12;
const MOST_VALUE = 120;

const MARKS = { passed: 'pass', failed: 'FAIL', 'not run': 'none' } as const;

/** The report for people: what failed in full, what passed in a line a rule. */
export function textReport(report: TestReport): string {
  const lines: string[] = [];
  for (const { severity, code, message, at } of report.problems)
    lines.push(`${at?.file ?? ''}:${at?.line ?? 1} ${severity} ${message} (${code})`);
  for (const suite of report.suites) lines.push(...suiteLines(suite));
  for (const { file, test } of report.listed)
    lines.push(`${file.file}: none  ${test.name}: ${test.notRunnable ?? ''}`);
  for (const { title, file } of report.untested) lines.push(`${file}: no tests for “${title}”`);
  lines.push(...summaryLines(report));
  return lines.join('\n');
}

/** What came out, in a sentence or two. */
export function summaryLines(report: TestReport): readonly string[] {
  const { passed, failed, notRun, mutants, noticed, equivalent } = totalsOf(report);
  const untested = report.untested.length;
  const lines = [
    `${counted(passed + failed, 'test')} of ${counted(new Set(report.suites.map(({ suite }) => suite.rule)).size, 'rule')} on ${report.engine}: ${passed} passed, ${failed} failed${notRun === 0 ? '' : `, ${notRun} could not be run`}${untested === 0 ? '' : `; ${counted(untested, 'rule')} without tests`}.`,
  ];
  if (report.suites.some(({ mutation }) => mutation !== undefined)) {
    const share = mutants === 0 ? '' : ` (${Math.floor((100 * noticed) / mutants)} %)`;
    lines.push(
      `${counted(mutants, 'mutant')}: ${noticed} noticed${share}, ${mutants - noticed} not; ${equivalent} more ask the same as another and do not count.`,
    );
  }
  return lines;
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function suiteLines({ suite, results, mutation }: SuiteResult): readonly string[] {
  const failed = results.filter(({ status }) => status === 'failed').length;
  const head = `${suite.rule.file}: ${failed === 0 ? 'pass' : 'FAIL'}  “${suite.rule.title}”: ${results.length - failed} of ${results.length}`;
  const lines = [head];
  for (const result of results) if (result.status !== 'passed') lines.push(...resultLines(result));
  if (mutation?.notTried !== undefined) lines.push(`  no mutants: ${mutation.notTried}`);
  for (const { mutation: kind, file, line, diff, noticedBy } of mutation?.mutants ?? []) {
    if (noticedBy !== undefined) continue;
    lines.push(
      `  ${file}:${line} no test notices: ${kind}`,
      ...diff.split('\n').map((shown) => `    ${shown}`),
    );
  }
  return lines;
}

/** What became of a test that did not pass. */
export function resultLines({
  test,
  status,
  why,
  found,
  absentFields,
  explained,
}: TestResult): readonly string[] {
  const { file = '', line = 1 } = test.at;
  const lines = [
    `  ${MARKS[status]}  ${test.name} (${file}:${line})`,
    ...why.map((reason) => `    ${reason}`),
  ];
  if (found?.status === 'ran') lines.push(`    ${foundText(found)}`);
  for (const note of found?.notes ?? []) lines.push(`    ${note}`);
  if (absentFields.length > 0) lines.push(`    no event has the field ${absentFields.join(', ')}`);
  for (const event of explained) lines.push(...explainedLines(event));
  return lines;
}

function foundText({ matches }: RuleFound): string {
  if (matches.length === 0) return 'nothing matched';
  const [first] = matches;
  if (first?.first === undefined || first.last === undefined) return `matched: ${listed(eventsOf(matches))}`;
  return matches
    .map(({ events, group = {}, first: begin = 0, last: end = 0 }) => {
      const group_ = shownGroup(group);
      return `matched: ${group_ === '' ? '' : `${group_}, `}${listed(events)} within ${shownSpan(end - begin)}`;
    })
    .join('; ');
}

function listed(events: readonly number[]): string {
  const shown = events.slice(0, 10).join(', ');
  return `${events.length === 1 ? 'event' : 'events'} ${shown}${events.length > 10 ? ` and ${events.length - 10} more` : ''}`;
}

function explainedLines({ event, rule, selections, tests }: ExplainedEvent): readonly string[] {
  const searches = selections.map(({ name, satisfied }) => `${name} ${satisfied ? 'yes' : 'no'}`);
  const lines = [`    event ${event}${rule === undefined ? '' : `, “${rule}”`}: ${searches.join(', ')}`];
  for (const { selection, field, asks, value, satisfied } of tests.slice(0, MOST_LEAVES)) {
    const has = value === undefined ? 'absent' : cut(value);
    const met = field === undefined ? '' : `; it is ${has}`;
    lines.push(`      ${satisfied ? 'yes' : 'no '} ${selection}: ${field ?? 'any field'} ${cut(asks)}${met}`);
  }
  if (tests.length > MOST_LEAVES) lines.push(`      and ${tests.length - MOST_LEAVES} more`);
  return lines;
}

function cut(text: string): string {
  return text.length > MOST_VALUE ? `${text.slice(0, MOST_VALUE)}…` : text;
}
