import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, openStage, SCREENSHOTS, type Stage, settled, visit } from './renderer-kit.ts';

const SCREENS = [
  'cases',
  'evidence',
  'timeline',
  'sessions',
  'findings',
  'custody',
  'report',
  'package',
] as const;
const SCENES = ['loaded', 'empty', 'error'] as const;

let stage: Stage;
beforeAll(async () => {
  await mkdir(SCREENSHOTS, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage?.close());

describe.each(['light', 'dark'] as const)('every screen, %s', (theme) => {
  it.each(SCREENS.flatMap((screen) => SCENES.map((scene) => ({ screen, scene }))))(
    '$screen, $scene: no axe violation, no trouble',
    async ({ screen, scene }) => {
      const { page, context, trouble } = await visit(stage, { screen, scene, theme });
      await settled(page);
      await page.screenshot({ path: join(SCREENSHOTS, `${screen}-${scene}-${theme}.png`) });
      expect(await axeViolations(page)).toEqual([]);
      expect(trouble).toEqual([]);
      await context.close();
    },
  );
});
