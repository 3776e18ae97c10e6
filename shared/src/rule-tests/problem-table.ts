import type { ProblemTable } from '../text/problem.ts';

/** What can be wrong with a rule test file. An error leaves the case out. */
// biome-ignore format: one code a line reads as the table that it is
export const RULE_TEST_PROBLEMS = {
  'rule-test/yaml': { severity: 'error', message: 'This is not valid YAML: {detail}', help: 'The file is read as YAML 1.2.' },
  'rule-test/duplicate-key': { severity: 'error', message: '“{key}” stands twice; the first is on line {line}. Keep one.', help: 'The first one counts.' },
  'rule-test/too-large': { severity: 'error', message: 'The file holds too many values.', help: 'More than 100 000 values come of aliases that multiply.' },
  'rule-test/no-tests': { severity: 'error', message: 'The file needs tests: a list of cases.', help: 'A case has a name, what is expected, and an event, events, raw log lines or a data file.' },
  'rule-test/unknown-key': { severity: 'error', message: '“{key}” means nothing here.', help: 'A misspelled key would silently test less. The guide for rule authors lists the keys.' },
  'rule-test/name': { severity: 'error', message: 'The case needs a name.', help: 'A sentence that says what is tried.' },
  'rule-test/name-twice': { severity: 'warning', message: 'Another case is called “{name}” too.', help: 'Reports tell cases by their names.' },
  'rule-test/expect': { severity: 'error', message: 'expect must be match, no-match or error.', help: 'Without it a match is expected, or none where match_count is 0. error: the rule cannot run.' },
  'rule-test/contradiction': { severity: 'error', message: 'The case expects {expect} and states {key}.', help: 'matches, group and window, and a match_count other than 0, are of matches; match_count 0 is no match.' },
  'rule-test/events': { severity: 'error', message: 'The case needs one of event, events, raw and data.', help: 'An event is a map of fields; events are a list of maps with event and, as wanted, offset, repeat and every.' },
  'rule-test/event': { severity: 'error', message: 'An event must be a map of fields.', help: 'Write event: { field: value }.' },
  'rule-test/offset': { severity: 'error', message: '{value} is no time span: a whole number and us, ms, s, m, h or d.', help: 'Offsets count from the start of the case.' },
  'rule-test/count': { severity: 'error', message: '“{key}” must be a whole number of 0 or more, at most {most}.', help: 'Write it without quotes.' },
  'rule-test/matches': { severity: 'error', message: 'matches must be a list of numbers of events, from 0 to {last}.', help: 'Events are counted from 0; a repeated one counts as often as it is repeated.' },
  'rule-test/group': { severity: 'error', message: 'group must be a map of fields and plain values.', help: 'For example group: { user: bob }.' },
  'rule-test/window': { severity: 'error', message: 'window must be a map with first and last: time spans after the start.', help: 'For example window: { first: 0s, last: 4m }.' },
  'rule-test/raw': { severity: 'error', message: 'raw must be the text of log records, or a list of such texts.', help: 'Several lines are written as a block: raw: |' },
  'rule-test/data': { severity: 'error', message: 'data must be the path of a file, relative to the test file.', help: 'Log files, and events as an object of JSON a line.' },
  'rule-test/source': { severity: 'error', message: 'There is no log format {value}: {formats}.', help: 'source says how raw lines and data files are read; without it they are looked at.' },
  'rule-test/start': { severity: 'error', message: '{value} is no time in ISO 8601 with an offset.', help: 'For example start: 2026-01-05T10:00:00Z.' },
  'rule-test/zone': { severity: 'error', message: '{value} is no time zone.', help: 'A name such as Europe/Berlin, or an offset such as +02:00.' },
  'rule-test/text': { severity: 'error', message: '“{key}” must be text.', help: 'Quote the value.' },
  'rule-test/estate': { severity: 'error', message: 'estate must be the path of an estate file, or what such a file holds.', help: 'It defines the placeholders of rules, and what of the events is sensitive, privileged and off hours.' },
  'rule-test/estate-unusable': { severity: 'error', message: 'The estate cannot be used: {detail}', help: 'The cases of the file do not run without it.' },
  'rule-test/no-rule': { severity: 'error', message: 'There is no rule for these tests: {detail}.', help: 'Tests belong to the rule of the same name in their folder, or to the one that rule: names by its file, id, name or title.' },
  'rule-test/which-rule': { severity: 'error', message: 'The file holds several rules: {titles}. Name one by rule:', help: 'An id or a name, for the file or for the case.' },
  'rule-test/regression-missing': { severity: 'error', message: 'regression_tests_path names {path}, and there is no such file in a folder above.', help: 'The path begins in the folder that holds rules and regression_data.' },
} as const satisfies ProblemTable;
