import { chmod, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Act, ActBody } from '@dbwitness/shared/evidence/acts.ts';
import { systemCode } from '../engine-error.ts';
import type { CaseFolder } from './case-folder.ts';
import { syncFolder } from './durable-file.ts';
import type { Ledger } from './ledger.ts';

/**
 * What makes an intake part of the case, written into `incoming/<id>/` before any of it is done. The first entry in the
 * ledger is the moment at which the import happens: with it, entries and moves can be finished after any crash; without
 * it, nothing happened.
 */
export interface IntakePlan {
  /** Every body names the intake. */
  readonly entries: readonly PlannedEntry[];
  readonly moves: readonly { readonly from: string; readonly to: string; readonly readOnly: boolean }[];
}

export type PlannedEntry = {
  [A in Act]: { readonly act: A; readonly body: ActBody<A>; readonly object: readonly string[] };
}[Act];

/** Act and body belong together by the entry's type, which a union cannot follow through a call. */
function append<A extends Act>(ledger: Ledger, entry: PlannedEntry): Promise<unknown> {
  return ledger.append(entry.act as A, entry.body as ActBody<A>, entry.object);
}

export const PLAN_FILE = 'plan.json';

/** Carries out what is not done yet of a plan. Its paths are relative: the case may have been moved. */
export async function carryOut(
  folder: CaseFolder,
  ledger: Ledger,
  intake: string,
  plan: IntakePlan,
): Promise<void> {
  const done = await ledger.entriesOf(intake);
  for (const entry of plan.entries.slice(done)) await append(ledger, entry);
  const base = join(folder.incoming, intake);
  const touched = new Set<string>();
  for (const { from, to, readOnly } of plan.moves) {
    const source = join(base, from);
    const target = join(folder.root, to);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    try {
      if (readOnly) await chmod(source, 0o444);
      await rename(source, target);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
    touched.add(dirname(target));
  }
  for (const path of touched) await syncFolder(path);
  await rm(base, { recursive: true, force: true });
}

/** Finishes the imports that the ledger tells of and clears away the others. */
export async function recoverIncoming(folder: CaseFolder, ledger: Ledger): Promise<void> {
  for (const intake of await readdir(folder.incoming)) {
    if ((await ledger.entriesOf(intake)) === 0) {
      await rm(join(folder.incoming, intake), { recursive: true, force: true });
      continue;
    }
    const plan = JSON.parse(await readFile(join(folder.incoming, intake, PLAN_FILE), 'utf8')) as IntakePlan;
    await carryOut(folder, ledger, intake, plan);
  }
}
