import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { casesCurrent, casesOpen } from '../../host/cases.ts';
import { evidenceList, evidenceVerify } from '../../host/evidence.ts';
import { bundle } from '../fixtures/bundle.ts';
import { csvLog, type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
let child: string;
let files: string[];
beforeAll(async () => {
  made = await testCase();
  child = await bundle('fixtures/import-child.ts', 'import-child');
  // Different contents, so that none is a copy of another.
  files = Array.from({ length: 6 }, (_, i) => made.write(`log-${i}.csv`, csvLog(1500 + i)));
}, 60_000);
afterAll(() => made.close());

/** Starts importing, kills the process at `moment`, and returns the exhibits that it had reported done. */
async function importUntilKilled(
  ref: string,
  moment: { readonly afterDone: number; readonly ms: number },
): Promise<string[]> {
  const importing = spawn(process.execPath, [child, join(made.folder, 'cases'), ref, ...files]);
  const ended = new Promise<void>((resolve) => importing.once('close', () => resolve()));
  const done: string[] = [];
  let lines = 0;
  for await (const line of createInterface({ input: importing.stdout })) {
    const [word, ...ids] = line.split(' ');
    if (word === 'done') done.push(...ids);
    if (lines++ === moment.afterDone) setTimeout(() => importing.kill('SIGKILL'), moment.ms);
  }
  await ended;
  return done;
}

test('a process killed in the middle of an import loses nothing that was done and leaves no half of anything', async () => {
  const ref = (await made.engine.request(casesCurrent, {}))?.ref ?? '';
  // Moments spread over opening, reading, committing and publishing.
  for (const [round, ms] of [5, 40, 90, 160, 250].entries()) {
    await made.engine.context.closeCase();
    const done = await importUntilKilled(ref, { afterDone: round % 2, ms });
    await made.engine.request(casesOpen, { ref });
    const exhibits = await made.engine.request(evidenceList, {});
    expect(exhibits.map(({ id }) => id)).toEqual(expect.arrayContaining(done));
    expect(readdirSync(join(made.root, 'incoming'))).toEqual([]);
    expect(readdirSync(join(made.root, 'vault')).sort()).toEqual(exhibits.map(({ id }) => id).sort());
    for (const { id, sha256, bytes } of exhibits)
      expect(statSync(join(made.root, 'vault', id, sha256)).size).toBe(bytes);
    expect((await made.engine.request(evidenceVerify, {})).every(({ ok }) => ok)).toBe(true);
    // The events are those of the exhibits: what the crash kept from being published was read again.
    expect((await made.engine.request(casesCurrent, {}))?.events).toBe(
      exhibits.reduce((sum, { records }) => sum + records, 0),
    );
    const acts = readFileSync(join(made.root, 'custody', 'ledger.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { act: string; object: string[] });
    for (const act of ['exhibit.register', 'exhibit.import'])
      expect(
        acts
          .filter((entry) => entry.act === act)
          .flatMap(({ object }) => object)
          .sort(),
      ).toEqual(exhibits.map(({ id }) => id).sort());
    expect((await made.engine.request(casesCurrent, {}))?.ledger.state).not.toBe('broken');
    expect(existsSync(join(made.root, 'events.next.duckdb'))).toBe(false);
  }
}, 180_000);
