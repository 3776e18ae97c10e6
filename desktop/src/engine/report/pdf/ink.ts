/** Colours and sizes of the printed report, in one table: those of the HTML view. Lengths in points. */
export const INK = {
  text: '#1a2026',
  quiet: '#586470',
  hair: '#dce1e6',
  soft: '#f4f6f8',
  accent: '#0b5563',
  marked: '#fdeeb8',
  cover: '#c3d3d8',
  narrowed: '#f0c48a',
  paper: '#ffffff',
} as const;

export const LEVEL_INK: Readonly<Record<string, string>> = {
  critical: '#8c1138',
  high: '#a83a08',
  medium: '#7d5a00',
  low: '#2b6a4b',
  informational: '#475767',
};

export const TONE_INK: Readonly<
  Record<'plain' | 'warning' | 'bad' | 'good', { readonly edge: string; readonly back: string }>
> = {
  plain: { edge: '#b9c2ca', back: INK.soft },
  warning: { edge: '#a83a08', back: '#fdf5ee' },
  bad: { edge: '#8c1138', back: '#fcf0f3' },
  good: { edge: '#2b6a4b', back: '#f0f7f3' },
};

/** A4 with room for the foot. */
export const PAGE = { width: 595.28, height: 841.89, left: 54, right: 54, top: 54, bottom: 66 } as const;
export const COLUMN = PAGE.width - PAGE.left - PAGE.right;
