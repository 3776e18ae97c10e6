import type { Figure, FigureSource, Moment } from '../report-model.ts';

/**
 * What a report says, free of any page: HTML and PDF render the same blocks, so the two cannot say different things.
 */
export interface ReportDocument {
  readonly title: string;
  readonly subtitle: string;
  readonly classification: string;
  /** Facts under the title on the first page. */
  readonly cover: readonly Fact[];
  readonly glance: readonly Tile[];
  readonly sections: readonly Section[];
}

export interface Section {
  /** Anchor: ASCII letters, digits and `-`. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Subsections; a finding is one, and starts a page. */
  readonly sections?: readonly Section[];
  readonly startsPage?: true;
  /** Stands before the title: a finding's label. */
  readonly label?: string;
  readonly level?: string;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Inline }
  /** Somebody's own words: paragraphs at blank lines, line breaks kept. */
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | Table
  | { readonly kind: 'list'; readonly items: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string; readonly id?: string; readonly label?: string }
  | { readonly kind: 'notice'; readonly tone: 'plain' | 'warning' | 'bad' | 'good'; readonly text: Inline }
  | Chart
  | { readonly kind: 'signature'; readonly lines: readonly string[] };

export type Fact = readonly [label: string, value: Inline];

/** A number large on the first page, with what it counts. */
export interface Tile {
  readonly value: string;
  readonly label: string;
  readonly tone?: 'warning' | 'bad' | 'good';
  readonly source?: string;
}

export interface Table {
  readonly kind: 'table';
  readonly caption?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Inline[])[];
}

export interface Column {
  readonly title: string;
  /** Share of the width. */
  readonly width: number;
  readonly align?: 'right';
  /** Label of what produced every number of the column. */
  readonly source?: string;
}

/** Sources over one time axis: what they cover, where they are silent, where findings lie. Times in µs UTC. */
export interface Chart {
  readonly kind: 'chart';
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
}

export interface Lane {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly bands: readonly {
    readonly kind: 'silent' | 'narrowed' | 'hole';
    readonly from: number;
    readonly to: number;
  }[];
  readonly marks: readonly { readonly label: string; readonly level: string; readonly at: number }[];
}

export type Inline = readonly Run[];
export type Run =
  | string
  | { readonly kind: 'mono'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'quiet'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'level'; readonly level: string }
  | { readonly kind: 'number'; readonly value: number; readonly source?: string }
  | { readonly kind: 'link'; readonly to: string; readonly text: string }
  | { readonly kind: 'break' };

export const mono = (text: string): Run => ({ kind: 'mono', text });
export const strong = (text: string): Run => ({ kind: 'strong', text });
export const quiet = (text: string): Run => ({ kind: 'quiet', text });
export const link = (to: string, text: string): Run => ({ kind: 'link', to, text });
export const line: Run = { kind: 'break' };

/** Labels of what produced numbers (`Q3`, `R1`, `P2`): short in the text, explained under Method. */
export type Labels = ReadonlyMap<FigureSource, string>;

export function number(figure: Figure, labels: Labels): Run {
  return { kind: 'number', value: figure.value, source: labels.get(figure.by) ?? figure.by };
}

/** A table in which a column whose numbers all come from one source says so once, in its head. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Inline[])[],
  caption?: string,
): Table {
  const common = columns.map((_, at) => {
    const sources = new Set(
      rows.flatMap((row) =>
        (row[at] ?? []).flatMap((run) =>
          typeof run === 'object' && run.kind === 'number' ? [run.source] : [],
        ),
      ),
    );
    return sources.size === 1 ? [...sources][0] : undefined;
  });
  return {
    kind: 'table',
    ...(caption === undefined ? {} : { caption }),
    columns: columns.map((column, at) => {
      const source = common[at];
      return source === undefined ? column : { ...column, source };
    }),
    rows: rows.map((row) =>
      row.map((cell, at) =>
        common[at] === undefined
          ? cell
          : cell.map(
              (run): Run =>
                typeof run === 'object' && run.kind === 'number' ? { kind: 'number', value: run.value } : run,
            ),
      ),
    ),
  };
}

/** `2026-05-01 12:00:00.25 UTC`: zeros at the end of the fraction say nothing and are left out. */
export function utc(moment: Moment): string {
  return `${stamp(moment.utc)}\u00a0UTC`;
}

/** UTC, and the report's zone where it is another. */
export function moment(at: Moment): Inline {
  return at.local === undefined ? [utc(at)] : [utc(at), ' ', quiet(`(${stamp(at.local)})`)];
}

function stamp(iso: string): string {
  return iso
    .replace('T', ' ')
    .replace(/(\.\d*?)0+(?=[^\d]|$)/, '$1')
    .replace(/\.(?=[^\d]|$)/, '')
    .replace(/Z$/, '');
}

/** Microseconds since 1970 of a `Moment`'s UTC text. */
export function micros(at: Moment): number {
  const [, head = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(at.utc) ?? [];
  return Date.parse(`${head}Z`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** Digits in groups of three, parted by no-break spaces. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3}){1,8}$)/g, '\u00a0');
}
