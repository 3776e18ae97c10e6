import { expect, it } from 'vitest';
import type { Gap } from '../../host/timeline.ts';
import { gapLabels } from './gap-labels.ts';

const gap = (id: string, kind: Gap['kind'], from: number, to: number): Gap => ({
  id,
  kind,
  source: 'db1',
  from,
  to,
  what: '',
  benign: [],
});
const place = (gaps: readonly Gap[], width = 1000) =>
  gapLabels(
    gaps,
    (time) => time,
    width,
    (one) => one.kind,
  ).map(({ gap: { id }, row }) => [id, row]);

it('names the worst first and lets no name cover another', () => {
  expect(
    place([
      gap('narrow', 'narrowed', 480, 600),
      gap('off', 'not_recorded', 500, 560),
      gap('hole', 'hole', 510, 550),
    ]),
  ).toEqual([
    ['off', 0],
    ['hole', 1],
  ]);
});

it('keeps a name inside the plot, and names nothing that is too thin to see', () => {
  const [label] = gapLabels(
    [gap('end', 'not_recorded', 970, 1000)],
    (time) => time,
    1000,
    () => 'Not recorded',
  );
  expect(label && label.left + label.width).toBeLessThanOrEqual(1000);
  expect(place([gap('thin', 'not_recorded', 10, 14)])).toEqual([]);
});
