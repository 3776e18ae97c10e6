import { ExhibitReader } from './exhibit-reader.ts';
import { createReaderParts } from './reader-parts.ts';
import type { Readers } from './reading.ts';

/** Readers on the calling thread: for `parse`, small files and tests of the reading itself. */
export function readersHere(): Readers {
  return {
    prepare() {},
    async start(spec, take) {
      const reader = new ExhibitReader(await createReaderParts(spec));
      return {
        async push(bytes) {
          for (const batch of reader.push(bytes)) await take(batch);
        },
        async end() {
          const { batches, account } = reader.end();
          for (const batch of batches) await take(batch);
          return account;
        },
        async abort() {},
      };
    },
    async close() {},
  };
}
