import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition that another process brings about; fails when `over` comes first. */
export async function until(condition: () => boolean, over: () => boolean = () => false): Promise<boolean> {
  while (!condition()) {
    if (over()) return condition();
    await pause(1);
  }
  return true;
}
