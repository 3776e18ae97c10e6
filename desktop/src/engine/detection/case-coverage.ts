import type { Coverage, Stretch } from '@dbwitness/shared/sigma/correlation/coverage.ts';
import type { Gap } from '../../host/timeline.ts';
import { anySettingChange } from '../analysis/setting-changes.ts';
import type { OpenedCase } from '../context.ts';
import { EVENTS } from '../store/event-file.ts';

/**
 * What each source of the case recorded: from its first to its last record, without the stretches in which its audit was
 * off. These take a whole analysis of the case, which is made only where a log records that somebody changed the audit.
 */
export async function caseCoverage(
  { store, analysis }: Pick<OpenedCase, 'store' | 'analysis'>,
  signal?: AbortSignal,
): Promise<Coverage> {
  const { database, exhibits } = store;
  const rows = await database.all(
    'scan',
    `SELECT CAST(exhibit AS VARCHAR) AS exhibit, epoch_us(min(time)) AS first, epoch_us(max(time)) AS last
     FROM ${EVENTS}.record WHERE time IS NOT NULL GROUP BY exhibit`,
    [],
    signal,
  );
  const changed = await anySettingChange({ database, schema: EVENTS }, signal);
  const gaps = changed ? await analysis.gaps(signal === undefined ? {} : { signal }) : [];
  const sources = new Map(exhibits.map(({ id, source }) => [id, source]));
  const recorded = new Map<string, readonly Stretch[]>();
  for (const source of new Set(sources.values())) {
    const own = rows.filter(({ exhibit }) => sources.get(String(exhibit)) === source);
    const whole = {
      from: Math.min(...own.map(({ first }) => Number(first))),
      to: Math.max(...own.map(({ last }) => Number(last))),
    };
    const off = gaps.filter((gap) => gap.source === source && gap.kind === 'not_recorded');
    recorded.set(source, without(whole, off));
  }
  return { recorded: (exhibit) => recorded.get(sources.get(exhibit) ?? '') };
}

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
