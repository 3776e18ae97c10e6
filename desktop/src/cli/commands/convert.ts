import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import { type Converted, convertRule } from '@dbwitness/shared/sigma/convert/convert-rule.ts';
import { planAsJson, planAsText } from '@dbwitness/shared/sigma/convert/show-plan.ts';
import { TABLE_EVENTS, TableLayout } from '@dbwitness/shared/sigma/convert/table-layout.ts';
import { CASE_EVENTS } from '@dbwitness/shared/sigma/plan/event-kind.ts';
import { planRule } from '@dbwitness/shared/sigma/plan/plan.ts';
import type { Rule, RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import { DICTIONARY_LAYOUT } from '@dbwitness/shared/sigma/sql/case-layout.ts';
import { clickhouseText } from '@dbwitness/shared/sigma/sql/clickhouse.ts';
import type { SqlDialect } from '@dbwitness/shared/sigma/sql/dialect.ts';
import { duckdbText } from '@dbwitness/shared/sigma/sql/duckdb.ts';
import { sqlite } from '@dbwitness/shared/sigma/sql/sqlite.ts';
import { type Command, type Input, UsageError } from '../command.ts';
import { ESTATE_OPTION, estateOption } from '../estate-option.ts';
import { oneOf } from '../option-values.ts';
import { MAPPING_OPTION, readRuleSet } from '../rule-set.ts';
import type { Terminal } from '../terminal.ts';

const DIALECTS: readonly SqlDialect[] = [duckdbText, sqlite, clickhouseText];
const TARGETS = [...DIALECTS.map(({ id }) => id), 'plan'];
const TABLE = 'event';
const KEYWORDS = 'raw';

export const convertCommand: Command = {
  name: 'convert',
  summary: 'Print Sigma rules as SQL for a table of your own, or as the plan that all SQL is made from.',
  usage: 'PATH…',
  arity: [1, Number.POSITIVE_INFINITY],
  options: {
    target: { type: 'string', value: 'NAME', help: `${TARGETS.join(', ')} (default: ${TARGETS[0]})` },
    layout: {
      type: 'string',
      value: 'LAYOUT',
      help: 'table (default): a column for each field that a rule names, of text or whole numbers; case: the view event of a case',
    },
    table: { type: 'string', value: 'NAME', help: `name of the table (default: ${TABLE})` },
    'keyword-column': {
      type: 'string',
      value: 'NAME',
      help: `column with the whole record as text, in which keywords are looked for (default: ${KEYWORDS})`,
    },
    ...MAPPING_OPTION,
    ...ESTATE_OPTION,
    format: { type: 'string', value: 'FORMAT', help: 'text (default) or json' },
  },
  examples: [
    'dbwitness convert rules --target duckdb > rules.sql',
    'dbwitness convert logins.yml --target clickhouse --table logs.windows',
    'dbwitness convert logins.yml --target plan --format json',
  ],
  async run(input, terminal) {
    const target = oneOf(input, 'target', TARGETS) ?? TARGETS[0];
    const json = input.on('json') || oneOf(input, 'format', ['text', 'json']) === 'json';
    const ofCase = oneOf(input, 'layout', ['table', 'case']) === 'case';
    if (ofCase && (input.text('table') ?? input.text('keyword-column')) !== undefined)
      throw new UsageError('--table and --keyword-column are for --layout table.');
    const { rules, failed } = await readRuleSet(input.positionals, terminal, input.all('mapping'));
    const estate = await estateOption(input);
    const dialect = DIALECTS.find(({ id }) => id === target);
    const results = rules.rules.map((rule) =>
      dialect === undefined
        ? { rule, ...planned(rule, rules, ofCase, estate) }
        : { rule, ...converted(rule, rules, dialect, { ofCase, estate, input }) },
    );
    if (json) {
      const values = results.map(({ rule: { key, title, file }, text: _, ...result }) => ({
        rule: key,
        title,
        file,
        ...result,
      }));
      await terminal.write(`${JSON.stringify(values)}\n`);
    } else
      await terminal.write(
        results.flatMap(({ text }) => (text === undefined ? [] : [`${text}\n`])).join('\n'),
      );
    for (const result of results) tell(result, terminal);
    return failed || results.some((result) => 'reason' in result) ? 3 : 0;
  },
};

function converted(
  rule: Rule,
  rules: RuleSet,
  dialect: SqlDialect,
  {
    ofCase,
    estate,
    input,
  }: { readonly ofCase: boolean; readonly estate: Estate | undefined; readonly input: Input },
): Converted & { readonly text?: string } {
  const keywords = input.text('keyword-column') ?? KEYWORDS;
  const made = convertRule(rule, rules, {
    dialect,
    ...(estate === undefined ? {} : { estate }),
    ...(ofCase
      ? { layout: DICTIONARY_LAYOUT, events: CASE_EVENTS }
      : {
          layout: new TableLayout(input.text('table') ?? TABLE, keywords, dialect),
          events: TABLE_EVENTS,
          keywords,
        }),
  });
  return 'sql' in made ? { ...made, text: made.sql } : made;
}

function planned(
  rule: Rule,
  rules: RuleSet,
  ofCase: boolean,
  estate: Estate | undefined,
): ({ readonly plan: unknown } | { readonly reason: string }) & { readonly text?: string } {
  if (rule.kind === 'correlation') {
    const [fault] = rule.faults;
    if (fault !== undefined) return { reason: fault.message };
    const { type, rules: of, groupBy, timespan, window, condition } = rule;
    return { plan: { type, rules: of, groupBy, timespan, window, condition } };
  }
  const made = planRule(rule, rules.filters, estate, ofCase ? CASE_EVENTS : TABLE_EVENTS);
  if (!('plan' in made)) return { reason: made.reason };
  return { plan: planAsJson(made.plan), text: planAsText(made.plan) };
}

function tell(
  result: { readonly rule: Rule } & { readonly reason?: string; readonly note?: string },
  terminal: Terminal,
): void {
  const said = result.reason ?? result.note;
  if (said !== undefined) terminal.note(`${result.rule.file}: ${result.rule.title}: ${said}`);
}
