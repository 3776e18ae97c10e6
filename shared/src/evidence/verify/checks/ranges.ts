import { canonicalJson, type Json } from '../../canonical-json.ts';
import { type RangeRun, rangeTotals, readRangeRun, tilingProblem } from '../../ranges.ts';
import type { Check } from '../check.ts';
import type { PackageContents } from '../package-contents.ts';
import { ledgerEntries } from '../seal-entry.ts';

/** Every byte of every exhibit is in a record, ignored or rejected, exactly once, as its import counted them (EVIDENCE §4). */
export const ranges: Check = {
  ids: ['ranges/tiling'],
  async run(contents, findings) {
    if (contents.exhibits.size === 0)
      findings.skip('ranges/tiling', '', 'the package holds no readable item file');
    const counted = await importCounts(contents);
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
        const read = runs.filter((run) => run !== undefined);
        const problem = tilingProblem(read, item.length);
        if (problem !== undefined) findings.fail('ranges/tiling', path, problem);
        const [expected, actual] = [counted.get(item.exhibit), totalsText(read)];
        if (problem === undefined && expected !== undefined && expected !== actual) {
          findings.fail('ranges/tiling', path, 'not the ranges that the ledger counted at the import', {
            expected,
            actual,
          });
        }
      }
    }
  },
};

/** What the ledger says that became of the bytes of each exhibit when it was read. */
async function importCounts(contents: PackageContents): Promise<ReadonlyMap<string, string>> {
  const counts = new Map<string, string>();
  for (const { act, object, body } of await ledgerEntries(contents)) {
    if (act !== 'exhibit.import' || body.counts === undefined) continue;
    for (const exhibit of object) counts.set(exhibit, sorted(body.counts));
  }
  return counts;
}

function totalsText(runs: readonly RangeRun[]): string {
  return sorted(rangeTotals(runs) as unknown as Json);
}

/** Totals as text, whatever the order in which they were written. */
function sorted(totals: Json): string {
  return Array.isArray(totals)
    ? totals
        .map((total: Json) => canonicalJson(total))
        .sort()
        .join(' ')
    : canonicalJson(totals);
}
