import type { ProblemTable } from '../text/problem.ts';

/** What can be wrong with an estate file. A faulty entry is left out; the rest counts. */
// biome-ignore format: one code a line reads as the table that it is
export const ESTATE_PROBLEMS = {
  'estate/yaml': { severity: 'error', message: 'This is not valid YAML: {detail}', help: 'The file is read as YAML 1.2.' },
  'estate/duplicate-key': { severity: 'error', message: '“{key}” stands twice; the first is on line {line}. Keep one.', help: 'The first one counts.' },
  'estate/too-large': { severity: 'error', message: 'The file holds too many values.', help: 'More than 100 000 values come of aliases that multiply.' },
  'estate/not-a-map': { severity: 'error', message: 'An estate file is one map, from names to values.', help: 'See shared/content/estates for an example.' },
  'estate/unknown-key': { severity: 'warning', message: 'There is no setting “{key}”.', help: 'It has no effect. Settings are zone, hours, sensitive, privileged_users, shared_accounts, service_accounts, access_paths, placeholders, bulk_rows and long_statement.' },
  'estate/text-list': { severity: 'error', message: '“{key}” must be a list of texts.', help: 'Write one entry a line, each with a dash.' },
  'estate/zone': { severity: 'error', message: '{value} is no IANA time zone.', help: 'Write a name such as Europe/Berlin. Without one, hours are UTC.' },
  'estate/hours': { severity: 'error', message: 'The hours need {what}.', help: 'Write days: [1, 2, 3, 4, 5] (1 is Monday), from: "07:00", to: "19:00".' },
  'estate/sensitive': { severity: 'error', message: 'An entry of sensitive needs an object: text, or a map with object and columns.', help: 'Names are qualified by their schema; * at an end stands for anything.' },
  'estate/placeholders': { severity: 'error', message: 'placeholders must be a map, from names to lists of texts.', help: 'For example placeholders: { JumpServers: [jump1, jump2] } for rules with %JumpServers%.' },
  'estate/address-range': { severity: 'error', message: '{value} is no address range.', help: 'Write 10.0.0.0/8 or 2001:db8::/32, with no bits set behind the prefix.' },
  'estate/number': { severity: 'error', message: '“{key}” must be a whole number above zero, not {value}.', help: 'Without it the default counts.' },
} as const satisfies ProblemTable;
