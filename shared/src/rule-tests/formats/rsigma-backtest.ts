import { entry, type YamlValue } from '../../text/yaml-value.ts';
import { DEFAULT_START, type RuleTest } from '../rule-test.ts';
import { itemsOf, readCount, type TestSource, textOf } from '../test-source.ts';
import type { TestFormat } from './test-format.ts';

/** The folder of the events, beside the file: rsigma gets it on the command line. */
const CORPUS = 'corpus';

/** `expectations.yml` of `rsigma rule backtest`: how often rules match the files of a corpus. */
export const rsigmaBacktest: TestFormat = {
  id: 'rsigma-backtest',
  title: 'rsigma backtest expectations',
  isIn: ([document]) => entry(document, 'expectations') !== undefined,
  read([document], source) {
    const list = entry(document, 'expectations')?.value;
    if (itemsOf(list).length === 0) source.report('rule-test/no-tests', {}, list?.span ?? { from: 0, to: 0 });
    const policy = textOf(entry(entry(document, 'defaults')?.value, 'unexpected_detections')?.value);
    return {
      file: source.file,
      format: rsigmaBacktest.id,
      start: DEFAULT_START,
      tests: itemsOf(list).flatMap((item) => readExpectation(item, source) ?? []),
      ...(policy === 'fail' ? { othersMustNotMatch: true } : {}),
    };
  },
};

function readExpectation(item: YamlValue, source: TestSource): RuleTest | undefined {
  const rule = textOf(entry(item, 'rule')?.value);
  const count = (key: string) => readCount(entry(item, key), source, 1e9);
  const exactly = count('exactly');
  const least = exactly ?? count('at_least') ?? 0;
  const most = exactly ?? count('at_most') ?? Number.POSITIVE_INFINITY;
  const file = textOf(entry(item, 'corpus')?.value);
  if (rule === undefined) {
    source.report('rule-test/text', { key: 'rule' }, item.span);
    return undefined;
  }
  const said =
    exactly !== undefined
      ? `exactly ${exactly}`
      : [least > 0 ? `at least ${least}` : '', Number.isFinite(most) ? `at most ${most}` : '']
          .filter(Boolean)
          .join(', ');
  return {
    name: `${said || 'any number'} in ${file ?? 'the corpus'}`,
    rule,
    expect: most === 0 ? 'no-match' : 'match',
    count: { least, most },
    wishes: {},
    input: { kind: 'data', path: file === undefined ? CORPUS : `${CORPUS}/${file}`, upwards: false },
    reading: {},
    at: source.place(item.span),
  };
}
