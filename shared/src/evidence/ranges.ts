import { canonicalJson, isJsonObject, type JsonObject, readCanonicalJson } from './canonical-json.ts';

/** A maximal run of bytes `[from, to)` that became of one kind (EVIDENCE §4). */
export type RangeRun = RecordsRun | OtherRun;
interface RecordsRun {
  readonly k: 'records';
  readonly from: number;
  readonly to: number;
  /** Index of the run's first record in the exhibit, from 0. */
  readonly first: number;
  readonly count: number;
}
interface OtherRun {
  readonly k: 'ignored' | 'rejected';
  readonly from: number;
  readonly to: number;
  /** Problem code of the format: why these bytes are no record. */
  readonly code: string;
}

/** One piece of an exhibit as a reader cuts it. */
export interface RangePiece {
  readonly kind: 'record' | 'ignored' | 'rejected';
  readonly from: number;
  readonly to: number;
  readonly code?: string;
}

/** The run that still grows. */
type OpenRun =
  | { -readonly [Key in keyof RecordsRun]: RecordsRun[Key] }
  | { -readonly [Key in keyof OtherRun]: OtherRun[Key] };

/** Joins the pieces of an exhibit, in order, into maximal runs; memory is one run, so an exhibit may be of any length. */
export class RangeTable {
  private readonly done: RangeRun[] = [];
  private run: OpenRun | undefined;
  private records = 0;

  add(piece: RangePiece): void {
    const run = this.run;
    const record = piece.kind === 'record';
    // In place: a new object for each record cost a tenth of reading it.
    if (record && run?.k === 'records') {
      run.to = piece.to;
      run.count++;
    } else if (!record && run !== undefined && run.k === piece.kind && run.code === piece.code) {
      run.to = piece.to;
    } else {
      if (run !== undefined) this.done.push(run);
      const { from, to } = piece;
      this.run = record
        ? { k: 'records', from, to, first: this.records, count: 1 }
        : { k: piece.kind, from, to, code: piece.code ?? 'unknown' };
    }
    if (record) this.records++;
  }

  runs(): readonly RangeRun[] {
    return this.run === undefined ? this.done : [...this.done, { ...this.run }];
  }
}

/** Text of a `.ranges.jsonl` file. */
export function rangesText(runs: readonly RangeRun[]): string {
  return runs.map((run) => `${canonicalJson(run as unknown as JsonObject)}\n`).join('');
}

/** The run of one line, or undefined when the line is none. */
export function readRangeRun(line: string): RangeRun | undefined {
  const value = readCanonicalJson(line);
  if (!isJsonObject(value)) return undefined;
  const numbers =
    value.k === 'records' ? [value.from, value.to, value.first, value.count] : [value.from, value.to];
  if (!numbers.every((n) => Number.isSafeInteger(n) && Number(n) >= 0)) return undefined;
  const known =
    value.k === 'records' ||
    ((value.k === 'ignored' || value.k === 'rejected') && typeof value.code === 'string');
  return known ? (value as unknown as RangeRun) : undefined;
}

/** How many ranges, bytes and records there are of a kind and reason, as `exhibit.import` records them. */
export interface RangeTotal {
  readonly kind: RangeRun['k'];
  readonly code: string | null;
  readonly ranges: number;
  readonly bytes: number;
  readonly records: number;
}

/** The totals of a range table, in the order in which kinds and reasons come first. */
export function rangeTotals(runs: readonly RangeRun[]): readonly RangeTotal[] {
  const totals = new Map<string, RangeTotal>();
  for (const run of runs) {
    const code = run.k === 'records' ? null : run.code;
    const key = `${run.k} ${code ?? ''}`;
    const { ranges, bytes, records } = totals.get(key) ?? { ranges: 0, bytes: 0, records: 0 };
    totals.set(key, {
      kind: run.k,
      code,
      ranges: ranges + 1,
      bytes: bytes + run.to - run.from,
      records: records + (run.k === 'records' ? run.count : 0),
    });
  }
  return [...totals.values()];
}

/** What keeps runs from tiling `[0, length)` with records counted through, or undefined when they do. */
export function tilingProblem(runs: readonly RangeRun[], length: number): string | undefined {
  let at = 0;
  let records = 0;
  for (const run of runs) {
    if (run.from !== at)
      return `${run.from > at ? 'a hole' : 'an overlap'} between byte ${at} and byte ${run.from}`;
    if (run.to <= run.from) return `an empty run at byte ${run.from}`;
    if (run.k === 'records') {
      if (run.first !== records) return `record ${records} is called ${run.first} at byte ${run.from}`;
      if (run.count < 1 || run.count > run.to - run.from)
        return `${run.count} records in ${run.to - run.from} bytes at ${run.from}`;
      records += run.count;
    }
    at = run.to;
  }
  return at === length ? undefined : `the runs end at byte ${at} of ${length}`;
}
