import { expect, it } from 'vitest';
import type { Gap } from '../../host/timeline.ts';
import { audited } from './source-lane.tsx';

const gap = (kind: Gap['kind'], from: number, to: number): Gap => ({
  id: `${kind}${from}`,
  kind,
  source: 'db1',
  from,
  to,
  what: '',
  benign: [],
});

it('calls a source audited only where no setting on record says otherwise', () => {
  const gaps = [gap('narrowed', 60, 100), gap('not_recorded', 20, 40), gap('not_recorded', 30, 50)];
  expect(audited({ from: 0, to: 100 }, gaps)).toEqual([
    { from: 0, to: 20 },
    { from: 50, to: 60 },
  ]);
  // Missing records are another matter: the audit was on while they were written.
  expect(audited({ from: 0, to: 100 }, [gap('hole', 20, 40)])).toEqual([{ from: 0, to: 100 }]);
});
