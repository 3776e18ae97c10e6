import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import { BLOCK_BYTES } from '@dbwitness/shared/evidence/merkle.ts';
import type { EventDetail } from '../../host/events.ts';
import type { CaseStore } from '../case/case-store.ts';
import type { Row } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { EVENTS } from '../store/event-file.ts';
import { exhibitBytes } from './exhibit-bytes.ts';
import { eventPlace } from './filter-sql.ts';
import { eventRows } from './pages.ts';

/** Most of a record's bytes that are shown at once; the rest through `evidence/bytes`. */
const MAX_RAW = 1 << 20;

/** What findings, notes and tags say of an event: from the annotations, which others keep. */
export type Remarks = Pick<EventDetail, 'findings' | 'notes' | 'tags'>;

/** All that is known of one event: its fields, its bytes, what its statement tells. */
export async function eventDetail(
  store: CaseStore,
  event: string,
  remarks: Remarks,
  signal?: AbortSignal,
): Promise<EventDetail> {
  const place = eventPlace(event);
  const names = FIELDS.map((field) => field.name).filter((name) => name !== 'raw');
  const [row] =
    place === undefined
      ? []
      : await eventRows(
          store.database,
          names,
          'r.exhibit = ? AND r.ordinal = ?',
          [place.exhibit, place.ordinal],
          signal,
        );
  if (row === undefined || place === undefined)
    throw new EngineError('event/unknown', `This case has no event ${event}.`, {
      next: 'Event ids look like E001:41.',
    });
  const exhibit = store.exhibit(place.exhibit);
  const from = Number(row.byte_offset);
  const to = from + Number(row.byte_length);
  const bytes = await exhibitBytes(store, exhibit, from, Math.min(to, from + MAX_RAW));
  const statement =
    row.statement_id === undefined ? undefined : await statementOf(store, Number(row.statement_id), signal);
  return {
    event: row,
    fields: FIELDS.flatMap(({ name, meaning }) => {
      const value = row[name];
      return value === undefined
        ? []
        : [{ name, value: typeof value === 'string' ? value : value.join(', '), meaning }];
    }),
    raw: {
      base64: Buffer.from(bytes).toString('base64'),
      from,
      to,
      exhibit: place.exhibit,
      line: Number(row.line),
      firstBlock: Math.floor(from / BLOCK_BYTES),
      lastBlock: Math.floor(Math.max(from, to - 1) / BLOCK_BYTES),
    },
    ...(statement === undefined ? {} : { statement }),
    ...remarks,
  };
}

async function statementOf(
  store: CaseStore,
  id: number,
  signal?: AbortSignal,
): Promise<EventDetail['statement']> {
  const [row] = await store.database.all(
    'page',
    `SELECT text, action, class, parser, confidence, CAST(to_json(objects) AS VARCHAR) AS objects,
       CAST(to_json(columns) AS VARCHAR) AS columns, CAST(to_json(flags) AS VARCHAR) AS flags,
       (SELECT count(*)::DOUBLE FROM ${EVENTS}.record WHERE statement_id = ?::BIGINT) AS uses
     FROM ${EVENTS}.statement WHERE statement_id = ?::BIGINT`,
    [id, id],
    signal,
  );
  if (row === undefined) return undefined;
  return {
    text: String(row.text),
    action: String(row.action),
    class: String(row.class),
    parser: String(row.parser),
    confidence: String(row.confidence),
    objects: list<{ type: string; name: string; access: string }>(row, 'objects'),
    columns: list<string>(row, 'columns'),
    flags: list<string>(row, 'flags'),
    uses: Number(row.uses),
  };
}

function list<T>(row: Row, name: string): readonly T[] {
  const text = row[name];
  return typeof text === 'string' ? (JSON.parse(text) as T[]) : [];
}
