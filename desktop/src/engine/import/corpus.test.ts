import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { casesCurrent } from '../../host/cases.ts';
import { evidenceImport, evidenceVerify } from '../../host/evidence.ts';
import { testCase } from '../fixtures/engine-kit.ts';

/** Logs of real servers, beside the checkout where they are to be had. */
const REAL = fileURLToPath(new URL('../../../../../shared/corpus/logs/real', import.meta.url));

const folders = existsSync(REAL) ? readdirSync(REAL).map((name) => join(REAL, name)) : [];

test.skipIf(folders.length === 0)(
  'real logs: every byte of every file that is read is accounted for (skipped without the corpus)',
  async () => {
    const made = await testCase();
    try {
      const outcomes = await made.engine.request(evidenceImport, {
        items: folders.map((folder) => ({ file: made.engine.files.add(folder) })),
      });
      const files = folders.flatMap((folder) =>
        readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile()),
      );
      expect(outcomes.map(({ name }) => basename(name)).sort()).toEqual(files.sort());
      const exhibits = outcomes.flatMap(({ exhibits }) => exhibits);
      for (const exhibit of exhibits)
        expect(exhibit.ranges.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(exhibit.bytes);
      const read = (pattern: RegExp) => exhibits.filter(({ name }) => pattern.test(name));
      // The formats that are read so far: all of csvlog, jsonlog and server_audit, and the stderr logs.
      expect(read(/postgresql\/.*\.csv$/).map(({ format }) => format)).toEqual(new Array(9).fill('csvlog'));
      expect(read(/postgresql\/.*\.json$/).map(({ format }) => format)).toEqual(new Array(9).fill('jsonlog'));
      expect(read(/server_audit.*\.log$/).every(({ format }) => format === 'server-audit')).toBe(true);
      expect((await made.engine.request(casesCurrent, {}))?.events).toBe(
        exhibits.reduce((sum, { records }) => sum + records, 0),
      );
      expect((await made.engine.request(evidenceVerify, {})).filter(({ ok }) => !ok)).toEqual([]);
      for (const { error } of outcomes) if (error !== undefined) expect(error.code).toMatch(/^intake\//);
    } finally {
      await made.close();
    }
  },
  120_000,
);
