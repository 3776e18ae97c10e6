import { spawnSync } from 'node:child_process';
import { sealSample, tempFolder } from '@dbwitness/desktop/engine/custody/fixtures/sample-case.ts';
import { Mutant } from '@dbwitness/desktop/verify/fixtures/mutant.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** bagit-python of the Library of Congress, as Debian (`bagit`), PyPI (`bagit.py`) or BAGIT_PY give it. */
const program = [process.env.BAGIT_PY, 'bagit.py', 'bagit'].find(
  (name) => name !== undefined && name !== '' && spawnSync(name, ['--version']).status === 0,
);
const skipped = program === undefined ? ' (skipped: bagit-python is not installed; name it in BAGIT_PY)' : '';

describe.skipIf(program === undefined)(`bagit-python${skipped}`, () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let good: Mutant;
  beforeAll(async () => {
    folder = await tempFolder();
    good = await Mutant.load((await sealSample(folder.path)).path);
  });
  afterAll(() => folder.remove());
  const valid = (mutant: Mutant) =>
    mutant.inFolder(async (path) => spawnSync(program ?? '', ['--validate', path]).status === 0);

  test('our package is a valid bag', async () => {
    expect(await valid(good)).toBe(true);
  });

  test('altered payload and tag files are refused there as well', async () => {
    expect(await valid(good.copy().flip('data/original/E001/postgresql_1.log', 5))).toBe(false);
    expect(await valid(good.copy().flip('viewer.html', 5))).toBe(false);
    expect(await valid(good.copy().remove('data/rules/one.yml'))).toBe(false);
    expect(await valid(good.copy().put('data/more.txt', ''))).toBe(false);
  });

  test('what BagIt does not see is why there is a verifier of our own', async () => {
    const unsigned = good.copy();
    unsigned.remove(...[...unsigned.files.keys()].filter((path) => path.startsWith('signatures/')));
    expect(await valid(unsigned)).toBe(true);
    expect(await valid(good.copy().put('more.txt', ''))).toBe(true);
  });
});
