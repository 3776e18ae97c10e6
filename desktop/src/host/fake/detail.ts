import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import type { EventDetail } from '../events.ts';
import type { Finding } from '../findings.ts';
import { FakeFailure } from './failure.ts';
import type { FakeRows } from './rows.ts';

export function eventDetail(rows: FakeRows, event: string, found: readonly Finding[]): EventDetail {
  const i = rows.rowOf(event);
  if (i < 0) throw new FakeFailure({ code: 'events/unknown', message: `There is no event ${event}.` });
  const all = rows.row(
    i,
    FIELDS.map((field) => field.name),
  );
  const statement = rows.field(i, 'statement');
  const kind = rows.kindAt(i);
  const raw = Object.values(all)
    .map((value) => `"${String(value).replaceAll('"', '""')}"`)
    .join(',');
  const encoded = Array.from(new TextEncoder().encode(`${raw}\n`), (byte) => String.fromCharCode(byte)).join(
    '',
  );
  const from = i * 214 + 96;
  return {
    event: all,
    fields: FIELDS.flatMap((field) => {
      const value = all[field.name];
      return value === undefined
        ? []
        : [
            {
              name: field.name,
              value: Array.isArray(value) ? value.join(', ') : String(value),
              meaning: field.meaning,
            },
          ];
    }),
    raw: {
      base64: btoa(encoded),
      from,
      to: from + encoded.length,
      exhibit: String(all.exhibit),
      line: i + 2,
      firstBlock: from >> 16,
      lastBlock: (from + encoded.length - 1) >> 16,
    },
    ...(typeof statement === 'string' && kind !== undefined
      ? {
          statement: {
            text: statement,
            action: kind.action,
            class: kind.class,
            parser: 'libpg-query',
            confidence: 'high',
            objects:
              kind.object === undefined
                ? []
                : [
                    {
                      type: kind.objectType ?? 'table',
                      name: kind.object,
                      access: kind.class === 'data_read' ? 'read' : 'write',
                    },
                  ],
            columns: kind.object === 'crm.customers' ? ['id', 'full_name', 'iban', 'birth_date'] : [],
            flags: kind.flags ?? [],
            uses: 12_331,
          },
        }
      : {}),
    findings: found
      .filter((one) => one.events.includes(event))
      .map(({ id, rule, title, level }) => ({ id, rule, title, level })),
    notes: [],
    tags: [],
  };
}
