import type { DocumentFields } from '@dbwitness/shared/sigma/documents/document.ts';
import { runOnEvents } from '@dbwitness/shared/sigma/documents/run-on-events.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngines } from '../kit/table-engines.ts';

const EVENTS: readonly DocumentFields[] = [
  {
    host: 'a',
    peers: [
      { port: 22, proto: 'udp' },
      { port: 443, proto: 'tcp' },
    ],
  },
  { host: 'b', peers: [{ port: 22, proto: 'TCP' }] },
  { host: 'c', peers: [] },
  { host: 'd' },
];

const RULE = `title: Members
sigma-version: 3
logsource: {category: network}
detection:
  some:
    peers[any]:
      port: 22
      proto: tcp
  none:
    peers[none].port: 443
    peers[0].proto|exists: true
  host: {host: d}
  condition: `;

const engines = await openEngines();

describe.each(engines)('members of arrays on $title (SIGMA R17)', ({ missing, get, close }) => {
  afterAll(close);

  it.skipIf(missing).each([
    ['some', [1]],
    ['not some', [0, 2, 3]],
    ['none', [1]],
    ['some or host', [1, 3]],
  ])('%s', async (condition, expected) => {
    const { value } = loadRules([{ name: 'a.yml', text: RULE + condition }]);
    const { runs } = await runOnEvents(
      value,
      EVENTS.map((fields) => ({ fields })),
      get(),
    );
    expect(runs[0]?.reason).toBeUndefined();
    expect(runs[0]?.absentFields).toEqual([]);
    expect(runs[0]?.matches.map(({ events }) => events[0]).toSorted()).toEqual(expected);
  });
});
