import { existsSync } from 'node:fs';
import { mergeMutations } from '@dbwitness/shared/rule-tests/mutate/merge.ts';
import { jsonReport } from '@dbwitness/shared/rule-tests/output/json.ts';
import { junitReport } from '@dbwitness/shared/rule-tests/output/junit.ts';
import type { TestReport } from '@dbwitness/shared/rule-tests/output/test-report.ts';
import { summaryLines, textReport } from '@dbwitness/shared/rule-tests/output/text.ts';
import { runSuite } from '@dbwitness/shared/rule-tests/run-suite.ts';
import type { SuiteResult } from '@dbwitness/shared/rule-tests/test-result.ts';
import { TABLE_ENGINES } from '../../engine/documents/index.ts';
import { type Command, UsageError } from '../command.ts';
import { errorLines } from '../error-lines.ts';
import { ESTATE_OPTION, estateOption } from '../estate-option.ts';
import { oneOf } from '../option-values.ts';
import { findTests } from '../rule-tests/find-tests.ts';
import { nodeTestHost } from '../rule-tests/test-host.ts';
import type { Terminal } from '../terminal.ts';

const ENGINES = TABLE_ENGINES.map(({ id }) => id);
const FORMATS = ['text', 'json', 'junit'] as const;
type Format = (typeof FORMATS)[number];

export const testCommand: Command = {
  name: 'test',
  summary: 'Run the tests of Sigma rules. Exit code 1 when one fails.',
  usage: 'PATH…',
  arity: [1, Number.POSITIVE_INFINITY],
  options: {
    engine: { type: 'string', value: 'NAME', help: `${ENGINES.join(', ')} (default: ${ENGINES[0]})` },
    mutate: {
      type: 'boolean',
      help: 'change the rules in every small way and tell which changes no test notices',
    },
    estate: {
      ...ESTATE_OPTION.estate,
      help: 'estate for test files that name none: placeholders, and what is sensitive, privileged and off hours',
    },
    format: { type: 'string', value: 'FORMAT', help: 'text (default), json or junit' },
  },
  examples: [
    'dbwitness test rules',
    'dbwitness test rules/drop_table.yml --mutate',
    'dbwitness test rules --engine sqlite --format junit > rules.xml',
  ],
  async run(input, terminal) {
    const asked = oneOf(input, 'format', FORMATS);
    if (input.on('json') && asked !== undefined && asked !== 'json')
      throw new UsageError(`--json and --format ${asked} exclude each other.`);
    const format = input.on('json') ? 'json' : (asked ?? 'text');
    const name = oneOf(input, 'engine', ENGINES) ?? ENGINES[0];
    const kind = TABLE_ENGINES.find(({ id }) => id === name);
    if (kind === undefined) throw new UsageError('there is no such engine.');
    for (const path of input.positionals)
      if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}.`);
    const estate = await estateOption(input);
    const { suites, loaded, refused, ...found } = await findTests(input.positionals);
    for (const one of refused) terminal.note(errorLines(one).join('\n'));
    const host = await nodeTestHost();
    const engine = await kind.open();
    const results: SuiteResult[] = [];
    try {
      for (const [i, suite] of suites.entries()) {
        terminal.signal.throwIfAborted();
        terminal.progress({
          phase: 'testing',
          subject: suite.rule.title,
          done: i,
          total: suites.length,
          unit: 'rules',
        });
        results.push(
          await runSuite(suite, {
            engine,
            host,
            signal: terminal.signal,
            clock: () => performance.now(),
            ...(estate === undefined ? {} : { estate }),
            ...(input.on('mutate') ? { mutate: { documents: loaded.documents } } : {}),
          }),
        );
      }
    } finally {
      await engine.close();
    }
    const { listed, untested } = found;
    const problems = [...found.problems, ...results.flatMap((result) => result.problems)];
    const report: TestReport = {
      suites: mergeMutations(results),
      listed,
      untested,
      problems,
      engine: kind.title,
    };
    await print(report, format, terminal);
    if (refused.length > 0 || problems.some(({ severity }) => severity === 'error')) return 3;
    return results.some(({ results: tests }) => tests.some(({ status }) => status === 'failed')) ? 1 : 0;
  },
};

async function print(report: TestReport, format: Format, terminal: Terminal): Promise<void> {
  switch (format) {
    case 'text':
      return terminal.line(textReport(report));
    case 'json':
      return terminal.write(`${JSON.stringify(jsonReport(report))}\n`);
    case 'junit':
      for (const line of summaryLines(report)) terminal.note(line);
      return terminal.write(junitReport(report));
  }
}
