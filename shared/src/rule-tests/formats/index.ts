import { pantherFormat, splunkFormat } from './listed-only.ts';
import { ownFormat } from './own.ts';
import { rsigmaBacktest } from './rsigma-backtest.ts';
import { rsigmaExemplars } from './rsigma-exemplars.ts';
import { sigmaTestFile, sigmaTestInline } from './sigma-test.ts';
import { sigmaHqFormat } from './sigmahq.ts';
import type { InlineFormat, TestFormat } from './test-format.ts';

/** Every format of test files; the first that a file is written in counts (SIGMA T1, T2). */
export const TEST_FORMATS = [
  splunkFormat,
  ownFormat,
  sigmaHqFormat,
  rsigmaBacktest,
  sigmaTestFile,
  pantherFormat,
] as const satisfies readonly TestFormat[];

/** Every format of tests within rules. */
export const INLINE_FORMATS = [rsigmaExemplars, sigmaTestInline] as const satisfies readonly InlineFormat[];
