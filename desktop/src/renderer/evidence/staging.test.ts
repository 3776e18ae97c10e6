import { expect, it } from 'vitest';
import { importItemSchema } from '../../host/evidence.ts';
import { stage, toImportItem } from './staging.ts';

const file = { id: 'f1', name: 'a.csv', bytes: 3 };

it('leaves to the engine what was left empty', () => {
  expect(toImportItem(stage(file))).toEqual({ file: 'f1' });
});

it('sends what was said, in the shape that the engine checks', () => {
  const item = toImportItem({
    ...stage(file),
    format: 'x',
    zone: 'UTC',
    encoding: 'latin1',
    offsetMs: '-1480',
    providerDigest: ' ab ',
    facts: { exportedBy: ' R. Amsel', tool: ' ' },
  });
  expect(item).toEqual({
    file: 'f1',
    format: 'x',
    zone: 'UTC',
    encoding: 'latin1',
    offsetMs: -1480,
    providerDigest: 'ab',
    facts: { exportedBy: 'R. Amsel' },
  });
  expect(importItemSchema.parse(item)).toEqual(item);
});
