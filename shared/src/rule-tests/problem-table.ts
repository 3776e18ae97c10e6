import type { ProblemTable } from '../text/problem.ts';

/** What can be wrong with a rule test file. */
// biome-ignore format: one code a line reads as the table that it is
export const RULE_TEST_PROBLEMS = {
  'rule-test/yaml': { severity: 'error', message: 'This is not valid YAML: {detail}', help: 'The file is read as YAML 1.2.' },
  'rule-test/duplicate-key': { severity: 'error', message: '“{key}” stands twice; the first is on line {line}. Keep one.', help: 'The first one counts.' },
  'rule-test/too-large': { severity: 'error', message: 'The file holds too many values.', help: 'More than 100 000 values come of aliases that multiply.' },
  'rule-test/no-tests': { severity: 'error', message: 'The file needs tests: a list of cases.', help: 'A case has a name, expect and event or events.' },
  'rule-test/name': { severity: 'error', message: 'The case needs a name.', help: 'A sentence that says what is tried.' },
  'rule-test/expect': { severity: 'error', message: 'expect must be match, no-match or error.', help: 'match with match_count asks for exactly so many.' },
  'rule-test/events': { severity: 'error', message: 'The case needs an event, or a list of events.', help: 'Raw lines and data files are not read yet.' },
  'rule-test/offset': { severity: 'error', message: '{value} is no offset: a whole number and ms, s, m, h or d.', help: 'Offsets count from the start of the case and do not go back.' },
  'rule-test/count': { severity: 'error', message: '“{key}” must be a whole number.', help: 'Write it without quotes.' },
} as const satisfies ProblemTable;
