import type { Limit } from './report-model.ts';

/** What a package proves, by what, and what it cannot (EVIDENCE §1): printed in every report. */
export const HONEST_LIMITS: readonly Limit[] = [
  {
    claim: 'These bytes are the bytes that were taken in at the stated time.',
    carriedBy: 'Digests and block tree at intake, the signed ledger, the seal.',
    cannotProve: 'That the database wrote every event, or that the export was complete: see continuity.',
  },
  {
    claim: 'Nothing changed since the seal.',
    carriedBy: 'Manifests and the signed statement.',
    cannotProve: 'Anything before intake. Integrity starts at acquisition.',
  },
  {
    claim: 'The seal is not younger than the time of its token.',
    carriedBy: 'A time-stamp token over the signed statement, where one is attached.',
    cannotProve:
      'That it is not older. Whoever holds the key can rewrite history until the first token, hand-over or counter-signature.',
  },
  {
    claim: 'The examiner did these acts in this order.',
    carriedBy: 'The signed, hash-chained ledger, and a trust file that binds the key to a person.',
    cannotProve: 'Acts done outside the tool.',
  },
  {
    claim: 'Each number in this report follows from the evidence.',
    carriedBy: 'Rules, queries and tool version inside the package.',
    cannotProve:
      'That the reader of a log format is right; therefore byte ranges, rejected bytes and its version are published.',
  },
  {
    claim: 'This one record is in that file.',
    carriedBy: 'A proof of inclusion under a signed checkpoint.',
    cannotProve: 'Anything about records that are withheld.',
  },
];
