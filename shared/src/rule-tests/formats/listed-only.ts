import { entry, type YamlValue } from '../../text/yaml-value.ts';
import { DEFAULT_START, NONE, type RuleTest } from '../rule-test.ts';
import { itemsOf, type TestSource, textOf } from '../test-source.ts';
import type { TestFormat } from './test-format.ts';

/** Tests of rules that are no Sigma: they are told of, with why they cannot run. */
function listed(
  id: string,
  title: string,
  list: (document: YamlValue | undefined) => readonly YamlValue[],
  nameKey: string,
  why: string,
): TestFormat {
  return {
    id,
    title,
    isIn: ([document]) => list(document).length > 0,
    read: ([document], source: TestSource) => ({
      file: source.file,
      format: id,
      start: DEFAULT_START,
      tests: list(document).map(
        (item, i): RuleTest => ({
          name: textOf(entry(item, nameKey)?.value) ?? String(i),
          expect: 'match',
          count: NONE,
          wishes: {},
          input: { kind: 'events', events: [] },
          reading: {},
          at: source.place(item.span),
          notRunnable: why,
        }),
      ),
    }),
  };
}

export const pantherFormat = listed(
  'panther',
  'Panther (listed only)',
  (document) => itemsOf(entry(document, 'Tests')?.value),
  'Name',
  'the rule is Python of Panther, not Sigma',
);

export const splunkFormat = listed(
  'splunk',
  'Splunk (listed only)',
  (document) =>
    itemsOf(entry(document, 'tests')?.value).filter((item) => entry(item, 'attack_data') !== undefined),
  'name',
  'the rule is a search of Splunk, not Sigma, and its data are downloads',
);
