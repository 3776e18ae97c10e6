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
      'It is not transactional: work that was rolled back stays recorded. What was refused, misspelt or aimed at a missing object leaves an ERROR line only, and nothing says which rows were read.',
    reference: 'pgAudit, issue 280',
  },
  {
    formats: POSTGRESQL,
    facility: 'pgAudit',
    statement:
      'Switched off for a session or for all, it leaves no gap in its own numbers: only the change of the setting shows, where that is logged.',
    reference: 'pgAudit, settings',
  },
  {
    formats: ['server-audit'],
    facility: 'MariaDB server_audit',
    statement:
      'Statement text is cut at server_audit_query_log_limit, 1024 bytes where nothing else is set, without a mark.',
    reference: 'MariaDB documentation, server_audit variables',
  },
  {
    formats: ['server-audit'],
    facility: 'MariaDB server_audit',
    statement:
      'After a change of user on one connection its query records keep the name of the user before. Rows, duration and the privileges used are never recorded.',
    reference: 'measured on MariaDB 10.11',
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
