import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly seconds: number;
  /** Highest resident size of the process, MB; 0 where the system does not tell. */
  readonly peakMb: number;
  readonly code: number;
  readonly out: string;
}

/** Runs a command to its end and takes its wall time and the high-water mark of its memory (Linux: VmHWM). */
export function measure(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let out = '';
    let peakMb = 0;
    const look = setInterval(() => {
      peakMb = Math.max(peakMb, highWater(child.pid));
    }, 25);
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      out += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(look);
      resolve({ seconds: (performance.now() - start) / 1000, peakMb, code: code ?? -1, out });
    });
  });
}

function highWater(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // The process has just ended, or this is not Linux.
    return 0;
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Linear interpolation between the two nearest values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
