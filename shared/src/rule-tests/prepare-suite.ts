import type { Estate } from '../estate/estate.ts';
import { parseEstate } from '../estate/parse-estate.ts';
import { LOG_FORMATS } from '../logs/index.ts';
import { ANY_EVENTS, CASE_EVENTS, type EventKind } from '../sigma/plan/event-kind.ts';
import { logSourcePredicate } from '../sigma/plan/logsource.ts';
import type { LogSource } from '../sigma/rule.ts';
import { planRules } from '../sigma/run/run-rules.ts';
import { type Problem, problem } from '../text/problem.ts';
import { DatabaseEvents } from './database-event.ts';
import { estateMarker } from './estate-marks.ts';
import { type PreparedTest, prepareTest, type TestHost } from './prepare.ts';
import { RULE_TEST_PROBLEMS } from './problem-table.ts';
import type { TestSuite } from './suites.ts';

/** The tests of a suite with their events, and how rules run on them. */
export interface PreparedSuite {
  readonly kind: EventKind;
  readonly estate: Estate | undefined;
  /** What the rules ask for. */
  readonly fields: readonly string[];
  /** In the order of the suite; without those that only their own tool can run. */
  readonly tests: readonly PreparedTest[];
  readonly problems: readonly Problem[];
}

/** Reads what the tests name and makes their events what they are in the workbench. `estate`: for files that state none. */
export async function prepareSuite(
  suite: TestSuite,
  host: TestHost,
  given: Estate | undefined,
): Promise<PreparedSuite> {
  const { estate, problems } = await readEstate(suite, host, given);
  const isDatabase = suite.set.rules.every(
    (rule) => rule.kind !== 'detection' || isDatabaseSource(rule.logsource),
  );
  const kind = isDatabase ? CASE_EVENTS : ANY_EVENTS;
  const planned = planRules(suite.set, { events: kind, ...(estate === undefined ? {} : { estate }) });
  const fields = [
    ...new Set([...planned.plans.flatMap((plan) => plan.fields), ...[...planned.read.values()].flat()]),
  ];
  const marker = estate === undefined ? undefined : estateMarker(estate);
  const database = isDatabase ? new DatabaseEvents(fields, marker, host.pgParser) : undefined;
  const { file, start } = suite.file;
  const [wrong] = problems;
  const tests: PreparedTest[] = [];
  for (const test of suite.tests) {
    if (test.notRunnable !== undefined) continue;
    tests.push(
      wrong === undefined
        ? await prepareTest(test, { file, start, database, host })
        : { test, slices: [], fault: wrong.message },
    );
  }
  return { kind, estate, fields, tests, problems };
}

async function readEstate(
  { file }: TestSuite,
  host: TestHost,
  estate: Estate | undefined,
): Promise<{ readonly estate: Estate | undefined; readonly problems: readonly Problem[] }> {
  const stated = file.estate;
  if (stated === undefined) return { estate, problems: [] };
  const unusable = (detail: string) => ({
    estate: undefined,
    problems: [problem(RULE_TEST_PROBLEMS, 'rule-test/estate-unusable', { detail }, { file: file.file })],
  });
  let text: string | undefined;
  try {
    if ('text' in stated) text = stated.text;
    else {
      const [found] = (await host.read(stated.path, file.file, false)) ?? [];
      if (found === undefined) return unusable(`there is no file ${stated.path}`);
      text = host.text.utf8(found.bytes, 0, found.bytes.length);
    }
  } catch (error) {
    return unusable(error instanceof Error ? error.message : String(error));
  }
  if (text === undefined) return unusable('it is not UTF-8 text');
  const parsed = parseEstate(text, 'path' in stated ? stated.path : file.file);
  const wrong = parsed.problems.find(({ severity }) => severity === 'error');
  return wrong === undefined ? { estate: parsed.value, problems: [] } : unusable(wrong.message);
}

const PRODUCTS: ReadonlySet<string> = new Set(['mysql', ...LOG_FORMATS.map(({ product }) => product)]);

/** Whether rules of the source are about events of databases, which the workbench completes; others get them as they are. */
function isDatabaseSource(source: LogSource): boolean {
  if (logSourcePredicate(source) === undefined) return false;
  return source.category !== undefined || PRODUCTS.has(source.product ?? '');
}
