import type { MembersLeaf, Predicate } from '../predicate.ts';
import type { Sql, SqlDialect } from '../sql/dialect.ts';
import type { Home, KeywordLeaf, Layout, Operand, Place } from '../sql/layout.ts';
import { keywordColumn, membersColumn } from './column-needs.ts';

/** How a field lies in the table: the names of its columns, where it has them. */
export interface FieldColumns {
  readonly type: 'text' | 'list';
  readonly text?: string;
  readonly folded?: string;
  readonly instant?: string;
  readonly address?: string;
}

/** The table that `loadDocuments` makes. */
export const DOCUMENTS = 'document';

const ABSENT: Operand = { type: 'absent', sql: 'NULL' };

/** Any JSON events, in a table with a column for each field that the rules ask for. */
export class DocumentLayout implements Layout {
  readonly source = undefined;
  readonly #fields: ReadonlyMap<string, FieldColumns>;

  /** `fields`: by name as the rules write it; a field that no event has is not among them. */
  constructor(fields: ReadonlyMap<string, FieldColumns>) {
    this.#fields = fields;
  }

  /** Engines do not agree where NULL comes: what has no time is last. */
  order(column: (name: string) => Sql): readonly Sql[] {
    return [`${column('time')} IS NULL`, column('time'), column('event_id')];
  }

  events(): Sql {
    return DOCUMENTS;
  }

  bind(field: string, _dialect: SqlDialect, column: (name: string) => Sql): Operand {
    const columns = this.#fields.get(field);
    const any = columns?.text ?? columns?.folded ?? columns?.address;
    if (columns === undefined || any === undefined) return ABSENT;
    const { type, folded, instant, address } = columns;
    return {
      type,
      sql: column(any),
      ...(folded === undefined ? {} : { folded: column(folded) }),
      ...(instant === undefined ? {} : { instant: column(instant) }),
      ...(address === undefined ? {} : { address: column(address) }),
    };
  }

  keyword(leaf: KeywordLeaf): Predicate {
    return { ...leaf, field: keywordColumn(leaf) };
  }

  members(leaf: MembersLeaf): Predicate {
    return { kind: 'not', of: { kind: 'absent', field: membersColumn(leaf) } };
  }

  homeOf(): Home {
    return 'event';
  }

  columnAt(_home: Home, name: string): string {
    return name;
  }

  placeOf(home: Home): Place {
    throw new Error(`documents have no ${home} of their own`);
  }

  shared(): undefined {
    return undefined;
  }

  micros(time: Sql): Sql {
    return time;
  }

  among(id: Sql, ids: readonly string[]): Sql {
    return `${id} IN (${ids.map((known) => String(Number(known))).join(', ')})`;
  }
}
