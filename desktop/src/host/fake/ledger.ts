import type { LedgerRow } from '../custody.ts';
import { fakeDigest } from './random.ts';

const ACTS = [
  ['case.create', 'The case was created.'],
  ['identity.bind', 'The examiner key was bound to Ines Prasad.'],
  ['exhibit.register', 'E001 postgresql-2026-03-02.csv was taken in: 312 MB.'],
  ['exhibit.import', 'E001 was read as PostgreSQL csvlog: 1 666 667 records.'],
  ['exhibit.register', 'E002 postgresql-2026-03-02.log was taken in: 298 MB.'],
  ['exhibit.import', 'E002 was read as PostgreSQL stderr log: 3 ranges rejected.'],
  ['exhibit.register', 'E003 server_audit.log.gz was taken in.'],
  ['clock.offset', 'Clock offset of maria-crm was set to −1480 ms (NTP log of the host).'],
  ['detect.run', '14 rules were run: 10 findings, 2 rules could not run.'],
  ['finding.triage', 'audit-switched-off@E001 was set to confirmed.'],
  ['finding.note', 'A note was written on audit-switched-off@E001.'],
  ['exhibit.verify', 'All exhibits were read again and match their digests.'],
] as const;

/** Entry number `seq` of the ledger of the made-up case. */
export function ledgerRow(seq: number, act?: string, summary?: string): LedgerRow {
  const [knownAct, knownSummary] = ACTS[seq % ACTS.length] ?? ACTS[0];
  const body = { act: act ?? knownAct, seq, object: seq < 2 ? ['case'] : [`E00${1 + (seq % 3)}`] };
  return {
    seq,
    at: new Date(Date.UTC(2026, 2, 9, 9, 0) + seq * 187_000).toISOString(),
    act: body.act,
    actor: 'Ines Prasad',
    role: 'Examiner',
    object: body.object,
    purpose: 'Review after the incident of 3 March 2026',
    authority: 'Mandate 2026-014',
    place: 'Lab 2',
    hash: fakeDigest(seq + 100),
    prev: seq === 0 ? '0'.repeat(64) : fakeDigest(seq + 99),
    signature: seq === 0 ? 'adopted' : 'valid',
    summary: summary ?? knownSummary,
    body: JSON.stringify(body, undefined, 2),
  };
}
