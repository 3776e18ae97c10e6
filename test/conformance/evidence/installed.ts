import { spawnSync } from 'node:child_process';

/** Why a check by other programs cannot run here: the first program that is not to be had. Undefined when all are there. */
export function whyMissing(...programs: readonly string[]): string | undefined {
  const missing = programs.find((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
  return missing === undefined ? undefined : `${missing} is not installed`;
}
