import { EngineError } from '../engine-error.ts';
import type { CaseStore } from './case-store.ts';
import { type SourceClock, writeSources } from './sources.ts';

/** Says by how much a source's clock was wrong and publishes the events at the corrected times. Records keep their ids. */
export async function setOffset(store: CaseStore, source: string, clock: SourceClock): Promise<void> {
  const exhibits = store.exhibits.filter((exhibit) => exhibit.source === source);
  if (exhibits.length === 0)
    throw new EngineError('source/unknown', `No exhibit belongs to a source “${source}”.`);
  const before = store.sources;
  const body = {
    source,
    old: store.offsetOf(source),
    new: clock.offsetMs,
    method: clock.method,
    confidence: 'as stated by the examiner',
  };
  await store.ledger.append(
    'time.offset.set',
    body,
    exhibits.map(({ id }) => id),
  );
  await writeSources(store.folder.sources, { ...before, [source]: clock });
  await store.reload();
  try {
    await store.publish([]);
  } catch (error) {
    // The events still stand at the times before.
    await writeSources(store.folder.sources, before);
    await store.reload();
    throw error;
  }
}
