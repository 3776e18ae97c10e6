import type { ProblemTable } from '../../text/problem.ts';

/** What can be wrong with a mapping file. It is then not used at all: half a mapping changes what rules ask. */
// biome-ignore format: one code a line reads as the table that it is
export const MAPPING_PROBLEMS = {
  'mapping/yaml': { severity: 'error', message: 'This is not valid YAML: {detail}', help: 'The file is read as YAML 1.2.' },
  'mapping/duplicate-key': { severity: 'error', message: '“{key}” stands twice; the first is on line {line}. Keep one.', help: 'Only one of them can count.' },
  'mapping/too-large': { severity: 'error', message: 'The file holds too many values.', help: 'More than 100 000 values come of aliases that multiply.' },
  'mapping/shape': { severity: 'error', message: '“{key}” must be {what}.', help: 'A mapping file is a pySigma processing pipeline: name, priority, vars, transformations. See the guide for rule authors.' },
  'mapping/unknown-key': { severity: 'error', message: '“{key}” means nothing here.', help: 'A condition that is passed over would let a transformation change rules that it is not for.' },
  'mapping/transformation': { severity: 'error', message: 'The transformation {type} cannot be used.', help: 'Known are field_name_mapping, field_name_prefix, add_condition, change_logsource, map_string, replace_string, set_value and value_placeholders. What else pipelines do depends on their backend.' },
  'mapping/condition': { severity: 'error', message: 'The condition {type} cannot be used.', help: 'Known are logsource for rules, include_fields and exclude_fields for fields.' },
  'mapping/expression': { severity: 'error', message: '{value} is no regular expression: {detail}', help: 'replace_string takes a regular expression.' },
} as const satisfies ProblemTable;
