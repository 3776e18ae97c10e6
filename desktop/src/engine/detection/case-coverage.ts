import type { Coverage, Stretch } from '@dbwitness/shared/sigma/correlation/coverage.ts';
import type { Gap } from '../../host/timeline.ts';
import type { CaseAnalysis } from '../analysis/case-analysis.ts';

/**
 * What each source of the case recorded: from its first to its last record, without the stretches in which its audit was
 * off and those after which a file breaks off.
 */
export async function caseCoverage(analysis: CaseAnalysis, signal?: AbortSignal): Promise<Coverage> {
  const options = signal === undefined ? {} : { signal };
  const [sources, gaps] = [await analysis.sources(options), await analysis.gaps(options)];
  const recorded = new Map<string, readonly Stretch[]>();
  for (const { source, exhibits, from, to } of sources) {
    const silent = gaps.filter((gap) => gap.source === source && SILENT.has(gap.kind));
    for (const exhibit of exhibits) recorded.set(exhibit, without({ from, to }, silent));
  }
  return { recorded: (exhibit) => recorded.get(exhibit) };
}

const SILENT: ReadonlySet<Gap['kind']> = new Set(['not_recorded', 'outside_export']);

/** What is left of `whole` between the gaps. A gap's own ends are records. */
export function without(whole: Stretch, gaps: readonly Pick<Gap, 'from' | 'to'>[]): readonly Stretch[] {
  let { from } = whole;
  const stretches: Stretch[] = [];
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    if (gap.from > whole.to || gap.to < from) continue;
    if (gap.from >= from) stretches.push({ from, to: gap.from });
    from = gap.to;
  }
  if (from <= whole.to) stretches.push({ from, to: whole.to });
  return stretches;
}
