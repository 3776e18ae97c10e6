import type { KnownLoss } from '@dbwitness/shared/reports/report-model.ts';

interface Loss {
  /** Formats that it holds for, by id. */
  readonly formats: readonly string[];
  readonly facility: string;
  readonly statement: string;
  readonly reference: string;
}

const POSTGRESQL = ['csvlog', 'jsonlog', 'stderr'];

/** What audit facilities are known to leave out or lose, with where that is written down. */
const LOSSES: readonly Loss[] = [
  {
    formats: POSTGRESQL,
    facility: 'pgAudit',
    statement:
      'It writes when a statement starts and is not transactional: a statement that was rolled back later has a record too, and one that failed to parse has none.',
    reference: 'pgAudit, issue 280',
  },
  {
    formats: POSTGRESQL,
    facility: 'pgAudit',
    statement:
      'Switched off for a session or for all, it leaves no gap in its own numbers: only the change of the setting shows, where that is logged.',
    reference: 'pgAudit, README, settings',
  },
  {
    formats: ['stderr'],
    facility: 'PostgreSQL log on standard error',
    statement:
      'Without the logging collector, lines of several processes may run into each other, and a line may be lost when the receiving program stops.',
    reference: 'PostgreSQL documentation, Error Reporting and Logging',
  },
  {
    formats: ['server-audit', 'server_audit'],
    facility: 'MariaDB server_audit',
    statement:
      'Statement text is cut at server_audit_query_log_limit (1024 bytes where nothing else is set) without a mark.',
    reference: 'MariaDB documentation, server_audit variables',
  },
  {
    formats: ['server-audit', 'server_audit'],
    facility: 'MariaDB server_audit',
    statement: 'Statements inside stored routines are not recorded, only the call.',
    reference: 'MariaDB documentation, audit plugin log settings',
  },
];

/** The losses that concern these exhibits, in the order of the table. */
export function knownLosses(
  exhibits: readonly { readonly id: string; readonly format?: string }[],
): readonly KnownLoss[] {
  return LOSSES.flatMap(({ formats, ...loss }) => {
    const concerned = exhibits
      .filter((exhibit) => exhibit.format !== undefined && formats.includes(exhibit.format))
      .map((exhibit) => exhibit.id);
    return concerned.length === 0 ? [] : [{ ...loss, exhibits: concerned }];
  });
}
