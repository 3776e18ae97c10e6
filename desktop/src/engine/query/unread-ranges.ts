import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { NonRecord } from '@dbwitness/shared/logs/piece.ts';
import type { RejectedRange } from '../../host/evidence.ts';
import { exhibitFiles } from '../case/case-folder.ts';
import type { CaseStore } from '../case/case-store.ts';

/** The ranges of an exhibit that are no records, `[offset, offset + limit)` of them, in order of bytes. */
export async function unreadRanges(
  store: CaseStore,
  exhibit: string,
  offset: number,
  limit: number,
): Promise<readonly RejectedRange[]> {
  const { id } = store.exhibit(exhibit);
  const ranges: RejectedRange[] = [];
  const input = createReadStream(exhibitFiles(store.folder.index, id).unread);
  let index = 0;
  for await (const line of createInterface({ input })) {
    if (index >= offset + limit) break;
    if (index++ < offset) continue;
    const { kind, from, to, line: at, code, message } = JSON.parse(line) as NonRecord;
    ranges.push({ exhibit: id, from, to, line: at, kind, code, message });
  }
  input.destroy();
  return ranges;
}
