import { overview, page } from '@dbwitness/desktop/cli/help.ts';
import { COMMANDS } from '@dbwitness/desktop/cli/index.ts';
import { ESTATE_PROBLEMS } from '@dbwitness/shared/estate/problem-table.ts';
import { EVENT_CLASSES } from '@dbwitness/shared/events/event-class.ts';
import { EVENT_FLAGS } from '@dbwitness/shared/events/event-flag.ts';
import { FIELDS, type Field } from '@dbwitness/shared/events/fields.ts';
import { CHECK_MEANING } from '@dbwitness/shared/evidence/verify/check-meaning.ts';
import { CHECKS } from '@dbwitness/shared/evidence/verify/checks/index.ts';
import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import { LOG_PROBLEMS } from '@dbwitness/shared/logs/problem-table.ts';
import { RULE_TEST_PROBLEMS } from '@dbwitness/shared/rule-tests/problem-table.ts';
import { LINT_PROBLEMS } from '@dbwitness/shared/sigma/lint/problem-table.ts';
import { MAPPING_PROBLEMS } from '@dbwitness/shared/sigma/mappings/problem-table.ts';
import { SIGMA_PROBLEMS } from '@dbwitness/shared/sigma/problem-table.ts';
import type { ProblemTable } from '@dbwitness/shared/text/problem.ts';
import { lintPage } from './lint-page.ts';
import { lintProfilesPage } from './lint-profiles-page.ts';
import { databaseTaxonomy, mappingsPage } from './mappings-page.ts';

const MADE = '<!-- Made from the code by `npm run docs`; a test keeps it current. -->';

/** The generated reference: file name under shared/docs/reference → Markdown. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['fields.md', fields()],
    ['formats.md', formats()],
    ['problems.md', problems()],
    ['checks.md', checks()],
    ['lint.md', lintPage(MADE)],
    ['lint-profiles.md', lintProfilesPage(MADE)],
    ['mappings.md', mappingsPage(MADE)],
    ['database-taxonomy.json', databaseTaxonomy()],
    ['cli.md', commands()],
  ]);
}

function fields(): string {
  const row = (field: Field) =>
    `| \`${field.name}\` | ${field.type} | ${cell(field.meaning)} | ${field.ecs ?? ''} | ${field.ocsf ?? ''} | ${field.otel ?? ''} |`;
  return lines(
    '# Event fields',
    MADE,
    'One event is one thing that a log says happened. A field that a source does not supply is absent: never empty text, never a guess.',
    [
      '| field | type | meaning | ECS | OCSF | OpenTelemetry |',
      '|---|---|---|---|---|---|',
      ...FIELDS.map(row),
    ].join('\n'),
    `Classes: ${EVENT_CLASSES.map(code).join(', ')}.`,
    `Flags: ${EVENT_FLAGS.map(code).join(', ')}.`,
  );
}

function formats(): string {
  return lines(
    '# Log formats',
    MADE,
    'Files are recognised by their content; `--format` names one by hand. Plain, gzip and zstd files are read.',
    [
      '| format | what | product | proves that nothing is missing |',
      '|---|---|---|---|',
      ...LOG_FORMATS.map(
        ({ id, title, product, continuity }) =>
          `| ${code(id)} | ${title} | ${product} | ${continuity === undefined ? 'nothing' : continuity === 'session_seq' ? 'line number of each session' : 'query id of the server: tells how many statements ran unseen'} |`,
      ),
    ].join('\n'),
  );
}

function problems(): string {
  const section = (title: string, table: ProblemTable) =>
    [
      `## ${title}`,
      '',
      ...Object.entries(table).map(
        ([id, { severity, message, help }]) => `### ${id}\n\n*${severity}* — ${message}\n\n${help}\n`,
      ),
    ].join('\n');
  return lines(
    '# Problem codes',
    MADE,
    'A code is stable: tests, suppressions and this page refer to it.',
    section('Log files', LOG_PROBLEMS),
    section('Rules', SIGMA_PROBLEMS),
    section('Mappings of rules', MAPPING_PROBLEMS),
    section('Linting', LINT_PROBLEMS),
    section('Estate files', ESTATE_PROBLEMS),
    section('Rule tests', RULE_TEST_PROBLEMS),
  );
}

function checks(): string {
  return lines(
    '# Checks of the verifier',
    MADE,
    'Every check appears in every result, as passed, failed, warned or not checked with the reason; “not checked” never counts as passed. What each says when it passes:',
    CHECKS.map(({ ids }) => ids.map((id) => `- ${code(id)}: ${CHECK_MEANING[id] ?? ''}`).join('\n')).join(
      '\n',
    ),
    'Exit codes: 0 verified and signer trusted, 1 a check failed, 2 usage or I/O error, 3 intact but not trusted, 4 not a package.',
  );
}

function commands(): string {
  return lines(
    '# Command line',
    MADE,
    fenced(overview(COMMANDS, '')),
    ...COMMANDS.map((command) => `## ${command.name}\n\n${fenced(page(command))}`),
  );
}

function lines(...parts: readonly string[]): string {
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`;
}

function fenced(text: string): string {
  return ['```', ...text.split('\n').map((line) => line.trimEnd()), '```'].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
