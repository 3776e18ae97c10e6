import { TABLE_ENGINES } from '@dbwitness/desktop/engine/documents/index.ts';
import type { TableEngine } from '@dbwitness/shared/sigma/sql/table-engine.ts';

/** An engine opened for a test file, or why it is not here, in a title and in what its tests are skipped by. */
export interface OpenedEngine {
  readonly id: string;
  /** For titles of tests: with the reason, where it is missing. */
  readonly title: string;
  readonly missing: boolean;
  /** The engine; throws where it is missing. */
  get(): TableEngine;
  close(): Promise<void>;
}

/** Every engine that rules run on, each in a database of its own. A process has one ClickHouse at a time: one call a file. */
export function openEngines(): Promise<readonly OpenedEngine[]> {
  return Promise.all(
    TABLE_ENGINES.map(async ({ id, title, open }): Promise<OpenedEngine> => {
      const engine = await open().catch((error: Error) => error);
      const missing = engine instanceof Error;
      return {
        id,
        title: missing ? `${title} (skipped: ${engine.message})` : title,
        missing,
        get() {
          if (missing) throw engine;
          return engine;
        },
        async close() {
          if (!missing) await engine.close();
        },
      };
    }),
  );
}
