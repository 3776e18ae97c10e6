import { readRangeRun, tilingProblem } from '../../ranges.ts';
import type { Check } from '../check.ts';

/** Every byte of every exhibit is in a record, ignored or rejected, exactly once (EVIDENCE §4). */
export const ranges: Check = {
  ids: ['ranges/tiling'],
  async run(contents, findings) {
    if (contents.exhibits.size === 0)
      findings.skip('ranges/tiling', '', 'the package holds no readable item file');
    for (const { item } of contents.exhibits.values()) {
      const path = `data/index/${item.exhibit}.ranges.jsonl`;
      if (!contents.has(path)) {
        findings.skip('ranges/tiling', item.exhibit, 'its range table is not there');
        continue;
      }
      const text = await contents.text(path);
      const runs = text?.split('\n').slice(0, -1).map(readRangeRun) ?? [];
      const bad = text?.endsWith('\n') === false && text !== '' ? runs.length : runs.indexOf(undefined);
      if (text === undefined) findings.fail('ranges/tiling', path, 'not UTF-8');
      else if (bad >= 0) findings.fail('ranges/tiling', path, `line ${bad + 1} is not a range`);
      else {
        const problem = tilingProblem(
          runs.filter((run) => run !== undefined),
          item.length,
        );
        if (problem !== undefined) findings.fail('ranges/tiling', path, problem);
      }
    }
  },
};
