import type { YamlValue } from '../../text/yaml-value.ts';
import type { RuleTestFile } from '../rule-test.ts';
import type { TestSource } from '../test-source.ts';

/** A way to write rule tests in files of their own. Adding one: a file here, a line in `index.ts`. */
export interface TestFormat {
  readonly id: string;
  readonly title: string;
  /** Whether the file is written so, by what stands in it. */
  isIn(documents: readonly YamlValue[]): boolean;
  read(documents: readonly YamlValue[], source: TestSource): RuleTestFile;
}

/** A way to write tests within the rule's own document. */
export interface InlineFormat {
  readonly id: string;
  readonly title: string;
  /** The tests in the document of a rule; undefined where it has none written so. */
  read(document: YamlValue, source: TestSource): RuleTestFile | undefined;
}
