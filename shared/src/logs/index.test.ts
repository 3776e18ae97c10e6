import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LOG_FORMATS } from './index.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

describe('registry of log formats', () => {
  it('lists every folder that holds a format, and no other', () => {
    const folders = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/format.ts`));
    expect(LOG_FORMATS.map((format) => format.id).sort()).toEqual(folders.sort());
  });
});
