import { BLOCK_BYTES } from '@dbwitness/shared/evidence/merkle.ts';
import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import {
  type Exhibit,
  evidenceBytes,
  evidenceFormats,
  evidenceImport,
  evidenceList,
  evidencePreview,
  evidenceRanges,
  evidenceSetOffset,
  evidenceVerify,
} from '../../host/evidence.ts';
import type { CaseStore } from '../case/case-store.ts';
import { setOffset } from '../case/set-offset.ts';
import { verifyExhibits } from '../custody/verify-exhibits.ts';
import { handler } from '../handler.ts';
import { importFiles } from '../import/import-case.ts';
import { previewFile } from '../import/preview.ts';
import { exhibitBytes } from '../query/exhibit-bytes.ts';
import { unreadRanges } from '../query/unread-ranges.ts';

/** Bytes that one call gives. */
const MAX_BYTES = 65_536;

export const evidenceHandlers = [
  handler(evidencePreview, (context, { file, ...options }) =>
    previewFile(file, context.files.path(file), context.files.name(file), options),
  ),

  handler(evidenceImport, async (context, { items }, options) => {
    const { store } = context.open();
    const requests = items.map((item) => ({
      ...item,
      path: context.files.path(item.file),
      name: context.files.name(item.file),
    }));
    return importFiles(store, context.readers, requests, options);
  }),

  handler(evidenceList, async (context) => exhibitsOf(context.open().store)),

  handler(evidenceRanges, (context, { exhibit, offset, limit }) =>
    unreadRanges(context.open().store, exhibit, offset, limit),
  ),

  handler(evidenceBytes, async (context, { exhibit: id, from, to }) => {
    const { store } = context.open();
    const bytes = await exhibitBytes(store, store.exhibit(id), from, Math.min(to, from + MAX_BYTES));
    return {
      exhibit: id,
      from,
      to: from + bytes.length,
      base64: Buffer.from(bytes).toString('base64'),
      firstBlock: Math.floor(from / BLOCK_BYTES),
      lastBlock: Math.floor(Math.max(from, from + bytes.length - 1) / BLOCK_BYTES),
    };
  }),

  handler(evidenceSetOffset, async (context, { source, offsetMs, method, note }) => {
    const { store } = context.open();
    await setOffset(store, source, { offsetMs, method, note });
    return exhibitsOf(store).filter((exhibit) => exhibit.source === source);
  }),

  handler(evidenceVerify, (context, _, options) => verifyExhibits(context.open().store, options)),

  handler(evidenceFormats, async () => LOG_FORMATS.map(({ id, title, product }) => ({ id, title, product }))),
] as const;

export function exhibitsOf(store: CaseStore): readonly Exhibit[] {
  return store.exhibits.map((exhibit) => ({ ...exhibit, offsetMs: store.offsetOf(exhibit.source) }));
}
