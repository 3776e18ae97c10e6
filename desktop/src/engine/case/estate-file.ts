import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import { parseEstate } from '@dbwitness/shared/estate/parse-estate.ts';
import { EngineError, systemCode } from '../engine-error.ts';
import { openSource } from '../source-file.ts';
import type { CaseFolder } from './case-folder.ts';
import type { CaseStore } from './case-store.ts';
import { writeDurably } from './durable-file.ts';

/** More than any estate file has. */
const MAX_BYTES = 4 << 20;

/** The estate of a case, or undefined when none is attached. */
export async function readEstateFile(folder: CaseFolder): Promise<Estate | undefined> {
  try {
    return parseEstate(await readFile(folder.estate, 'utf8'), 'estate.yml').value;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts an estate file into the case and works out the flags anew. A file with errors is refused, naming the first. */
export async function attachEstate(store: CaseStore, path: string, name: string): Promise<void> {
  const source = await openSource(path, name);
  let text: string;
  try {
    if (source.bytes > MAX_BYTES)
      throw new EngineError('estate/too-large', `${name} is larger than an estate file can be.`, {
        at: { file: name },
      });
    text = await source.handle.readFile('utf8');
  } finally {
    await source.close();
  }
  const { problems } = parseEstate(text, name);
  const wrong = problems.find((problem) => problem.severity === 'error');
  if (wrong !== undefined) {
    const { line, byte } = wrong.at ?? {};
    throw new EngineError(wrong.code, `${name}: ${wrong.message}`, {
      at: { file: name, ...(line === undefined ? {} : { line }), ...(byte === undefined ? {} : { byte }) },
    });
  }
  const digest = createHash('sha256').update(text).digest('hex');
  await store.ledger.append('policy.attach', { digest, scope: 'estate' }, []);
  const before = await readFile(store.folder.estate, 'utf8').catch(() => undefined);
  await writeDurably(store.folder.estate, text);
  await store.reload();
  try {
    await store.publish([]);
  } catch (error) {
    // The events still carry the flags of the estate before.
    if (before === undefined) await rm(store.folder.estate, { force: true });
    else await writeDurably(store.folder.estate, before);
    await store.reload();
    throw error;
  }
}
