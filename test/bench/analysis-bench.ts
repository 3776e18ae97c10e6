import { resolve } from 'node:path';
import { createEngine } from '@dbwitness/desktop/engine/engine.ts';
import { casesOpen } from '@dbwitness/desktop/host/cases.ts';
import { findingsDetail, findingsDetect, findingsList } from '@dbwitness/desktop/host/findings.ts';
import { sessionFilterSchema, sessionsList } from '@dbwitness/desktop/host/sessions.ts';
import { timelineGaps } from '@dbwitness/desktop/host/timeline.ts';
import { median, percentile } from './measure.ts';
import type { Result } from './result.ts';

const DETAILS = 20;

/**
 * What works through a whole case, each for the first time: the shipped rules, sessions, gaps; then the detail of findings.
 * Figures without a bar.
 */
export async function analysisBench(casesDir: string, ref: string): Promise<readonly Result[]> {
  const engine = createEngine({
    casesDir,
    profileDir: `${casesDir}/.profile`,
    rulesDir: resolve('shared/content/rules'),
  });
  try {
    const { events } = await engine.request(casesOpen, { ref });
    const name = (title: string) => `${(events / 1e6).toFixed(1)} M events: ${title}`;
    const detect = await timed(() => engine.request(findingsDetect, {}));
    const { rules } = detect.value;
    const ran = rules.filter(({ status }) => status === 'ran').length;
    const filter = sessionFilterSchema.parse({});
    const sessions = await timed(() => engine.request(sessionsList, { filter, offset: 0, limit: 200 }));
    const gaps = await timed(() => engine.request(timelineGaps, {}));
    const { findings } = await engine.request(findingsList, {});
    const details: number[] = [];
    for (let i = 0; i < Math.min(DETAILS, findings.length); i += 1) {
      const id = findings[Math.floor((i * findings.length) / DETAILS)]?.id ?? '';
      details.push((await timed(() => engine.request(findingsDetail, { id }))).ms);
    }
    return [
      figure(name(`${ran} of ${rules.length} rules, ${findings.length} findings`), detect.ms),
      figure(name(`${sessions.value.total} sessions, asked for the first time`), sessions.ms),
      figure(name('gaps, once the sessions are there'), gaps.ms),
      {
        ...figure(name('detail of a finding'), median(details)),
        value: `${Math.round(median(details))} ms median, ${Math.round(percentile(details, 0.95))} ms p95 of ${details.length}`,
        figures: { medianMs: median(details), p95Ms: percentile(details, 0.95) },
      },
    ];
  } finally {
    await engine.close();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

function figure(name: string, ms: number): Result {
  return { name, value: `${(ms / 1000).toFixed(1)} s`, bar: 'none', met: true, figures: { ms } };
}
