import type { ByteView, Exhibit, Preview, RejectedRange } from '../evidence.ts';
import { HOSTILE_TEXT } from './kinds.ts';
import { fakeDigest } from './random.ts';
import { type FakeRows, FIRST_TIME, LAST_TIME } from './rows.ts';

const FORMATS = [
  {
    id: 'postgresql-csvlog',
    title: 'PostgreSQL csvlog with pgAudit',
    product: 'postgresql',
    server: 'pg-prod-1',
    name: 'postgresql-2026-03-02.csv',
  },
  {
    id: 'postgresql-stderr',
    title: 'PostgreSQL stderr log',
    product: 'postgresql',
    server: 'pg-prod-1',
    name: 'postgresql-2026-03-02.log',
  },
  {
    id: 'mariadb-server-audit',
    title: 'MariaDB server_audit',
    product: 'mariadb',
    server: 'maria-crm',
    name: 'server_audit.log.gz',
  },
] as const;

export const formats = FORMATS.map(({ id, title, product }) => ({ id, title, product }));

export function exhibits(rows: FakeRows): Exhibit[] {
  return FORMATS.map((format, n) => {
    const records = Math.round(rows.count / 3);
    const bytes = records * 214 + 4096;
    const rejected = n === 1 ? 3 : 0;
    return {
      id: `E00${n + 1}`,
      name: format.name,
      source: format.server,
      state: 'imported',
      bytes,
      sha256: fakeDigest(n + 1),
      sha512: fakeDigest(n + 11, 128),
      blocksRoot: fakeDigest(n + 21),
      format: format.id,
      formatTitle: format.title,
      because:
        n === 2
          ? 'every line has ten comma-separated fields that start with YYYYMMDD HH:MM:SS'
          : '26 columns and a session id of the form %c in every record',
      product: format.product,
      server: format.server,
      zone: n === 2 ? 'Europe/Berlin' : 'UTC',
      zoneBasis: n === 2 ? 'examiner' : 'in record',
      offsetMs: n === 2 ? -1480 : 0,
      records,
      first: FIRST_TIME + n * 3_600_000_000,
      last: LAST_TIME,
      ranges: [
        { kind: 'records', ranges: 1, bytes: records * 214, records },
        {
          kind: 'ignored',
          code: 'csvlog/blank-line',
          message: 'Blank line',
          ranges: 4,
          bytes: 4,
          records: 0,
        },
        ...(rejected === 0
          ? []
          : [
              {
                kind: 'rejected' as const,
                code: 'stderr/unknown-line',
                message: 'The line does not begin with the log_line_prefix',
                ranges: rejected,
                bytes: 612,
                records: 0,
              },
            ]),
      ],
      problems:
        rejected === 0
          ? []
          : [
              {
                code: 'stderr/unknown-line',
                severity: 'warning',
                message: 'Three stretches could not be read and are kept as they are.',
                byte: 81_920,
                line: 402,
              },
            ],
      providerDigest: n === 0 ? 'matches' : 'none-given',
      facts: n === 0 ? { exportedBy: 'Operations, R. Amsel', exportedAt: '2026-03-08 09:10 UTC' } : {},
      importedAt: `2026-03-09T09:0${n}:12Z`,
    };
  });
}

export function rejectedRanges(exhibit: string): readonly RejectedRange[] {
  if (exhibit !== 'E002') return [];
  return [0, 1, 2].map((n) => ({
    exhibit,
    from: 81_920 + n * 65_536,
    to: 81_920 + n * 65_536 + 204,
    line: 402 + n * 311,
    kind: 'rejected',
    code: 'stderr/unknown-line',
    message:
      n === 2
        ? 'Bytes that are not text: 204 bytes with 31 NUL'
        : 'The line does not begin with the log_line_prefix',
  }));
}

/** Bytes by formula: a log line over and over, with NUL and high bytes where ranges were rejected. */
export function bytes(exhibit: string, from: number, to: number): ByteView {
  const line = `2026-03-02 05:12:44.031 UTC [4021] app_shop@shop LOG:  ${HOSTILE_TEXT} duration: 0.412 ms\n`;
  const source = new TextEncoder().encode(line);
  const end = Math.min(to, from + 65_536);
  let binary = '';
  for (let at = from; at < end; at++)
    binary += String.fromCharCode(at % 41 === 7 && at >= 212_992 ? 0 : (source[at % source.length] ?? 0));
  return { exhibit, from, to: end, base64: btoa(binary), firstBlock: from >> 16, lastBlock: (end - 1) >> 16 };
}

export function preview(file: string, name: string, size: number, format: string | undefined): Preview {
  const unknown = /\.(bin|exe|png)$/.test(name);
  const maria = name.includes('audit');
  const guesses = FORMATS.map((one) => ({
    format: one.id,
    title: one.title,
    confidence:
      one.id === (maria ? 'mariadb-server-audit' : 'postgresql-csvlog')
        ? ('certain' as const)
        : ('no' as const),
    because:
      one.id === (maria ? 'mariadb-server-audit' : 'postgresql-csvlog')
        ? 'each of the first 200 records has its fields'
        : 'no line begins as this format does',
  })).sort((a, b) => Number(b.confidence === 'certain') - Number(a.confidence === 'certain'));
  const chosen = format ?? guesses[0]?.format;
  return {
    file,
    name,
    bytes: size,
    ...(name.endsWith('.gz') ? { compression: 'gzip' as const } : {}),
    guesses: unknown ? [] : guesses,
    encoding: 'UTF-8, some records LATIN1',
    zone: maria
      ? { state: 'ask', note: 'The stamps carry no zone. Say which the server used.' }
      : { state: 'in record', note: 'Every stamp ends in UTC.' },
    rows:
      unknown || (format !== undefined && chosen !== guesses[0]?.format)
        ? []
        : [0, 1, 2, 3, 4].map((n) => ({
            time: `2026-03-02T05:00:0${n}.031000Z`,
            user: n === 2 ? 'support_eng' : 'app_shop',
            client_ip: '10.20.4.11',
            database: 'shop',
            action: n === 2 ? 'SELECT' : 'INSERT',
            object: n === 2 ? 'crm.customers' : 'shop.order_lines',
            statement:
              n === 2
                ? 'SELECT id, full_name, iban FROM crm.customers'
                : 'INSERT INTO shop.order_lines VALUES ($1, $2)',
            result: 'success',
          })),
    problems: unknown
      ? [
          {
            code: 'logs/unrecognised',
            message: 'No reader recognises this file. It can still be kept as an exhibit without events.',
          },
        ]
      : [],
  };
}
