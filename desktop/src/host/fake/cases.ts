import type { CaseSummary, EstateSummary, OpenCase } from '../cases.ts';
import { fakeDigest } from './random.ts';
import { type FakeRows, FIRST_TIME, LAST_TIME } from './rows.ts';

export function summary(rows: FakeRows, n: number): CaseSummary {
  const names = [
    'Order platform incident, March 2026',
    'Payroll access review Q1',
    'Support read role, 2025',
    'Migration dry run',
  ];
  return {
    id: `2026-0${14 - n}`,
    ref: `case-${n}`,
    name: names[n] ?? 'New case',
    purpose: 'Find out who read customer data and who switched the audit off.',
    authority: 'Mandate 2026-014',
    requester: 'Head of Security',
    classification: n === 1 ? 'Restricted' : 'Confidential',
    createdAt: `2026-03-0${9 - n}T08:58:00Z`,
    openedAt: `2026-03-0${9 - n}T09:00:00Z`,
    exhibits: rows.count === 0 ? 0 : 3,
    events: n === 0 ? rows.count : n * 812_334,
    bytes: n === 0 ? rows.count * 214 : n * 92_000_221,
    ...(n === 1 ? { lastSeal: '2026-03-08T16:21:00Z' } : {}),
    ledger: { entries: 41 - n * 7, state: n === 3 ? 'recovered' : 'intact', unsigned: n === 3 ? 2 : 0 },
    ...(n === 2 ? { lockedBy: 'process 4711' } : {}),
  };
}

export const ESTATE: EstateSummary = {
  zone: 'Europe/Berlin',
  hours: true,
  sensitive: 6,
  privileged: 4,
  shared: 1,
  service: 5,
  accessPaths: 2,
};

export function opened(one: CaseSummary, rows: FakeRows, auditor: boolean): OpenCase {
  return {
    ...one,
    dataVersion: 1,
    mode: auditor ? 'auditor' : 'examiner',
    ...(rows.count === 0 ? {} : { span: { from: FIRST_TIME, to: LAST_TIME } }),
    ...(rows.count === 0 ? {} : { estate: ESTATE }),
    ...(auditor ? { package: { digest: fakeDigest(5), verdict: 'not-trusted' } } : {}),
  };
}
