/** A value of an event: what JSON can say, with whole numbers beyond 2⁵³ exact. */
export type DocumentValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly DocumentValue[]
  | DocumentFields;

export interface DocumentFields {
  readonly [name: string]: DocumentValue;
}

/** Any event: its fields, flat or nested, and when it happened in microseconds since 1970 UTC, where that is known. */
export interface DocumentEvent {
  readonly fields: DocumentFields;
  readonly at?: number | undefined;
}
