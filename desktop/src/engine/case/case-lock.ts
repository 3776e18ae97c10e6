import { readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { EngineError, systemCode } from '../engine-error.ts';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Start of the process, so that a pid that was given again is not taken for the old one. */
  readonly started: string;
  readonly at: string;
}

/** Keeps a case to one process. A lock whose owner is gone is taken over. */
export interface CaseLock {
  release(): Promise<void>;
  /** The lock of a process that had not closed the case was taken over: a crash to recover from. */
  readonly stale: boolean;
}

/** Takes the lock, or fails with `case/locked` naming the owner. */
export async function lockCase(path: string, at: string): Promise<CaseLock> {
  const owner: Owner = { pid: process.pid, host: hostname(), started: processStart(process.pid) ?? '', at };
  let stale = false;
  for (let attempt = 0; ; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(JSON.stringify(owner));
      await file.close();
      return { stale, release: () => rm(path, { force: true }) };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || attempt > 2) throw error;
    }
    const holder = await lockHolder(path);
    if (holder !== undefined)
      throw new EngineError('case/locked', `This case is open in another process (${holder}).`, {
        next: 'Close it there, or end that process, and open the case again.',
      });
    stale = true;
    await rm(path, { force: true });
  }
}

/** Who holds the case now, as `process 1234 on host since …`; undefined when nobody alive does. */
export async function lockHolder(path: string): Promise<string | undefined> {
  let owner: Owner;
  try {
    owner = JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch {
    // Not there, or torn by a crash while it was written: nobody's.
    return undefined;
  }
  const said = `process ${owner.pid} on ${owner.host} since ${owner.at}`;
  // A case folder on a network drive: whether a process of another machine lives cannot be known.
  if (owner.host !== hostname()) return said;
  return isAlive(owner) ? said : undefined;
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  const started = processStart(owner.pid);
  return started === undefined || owner.started === '' || started === owner.started;
}

/** Start time of a process in the kernel's ticks, where /proc tells it. */
function processStart(pid: number): string | undefined {
  try {
    // The second field is the program's name in brackets and may hold anything: count from its end.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
