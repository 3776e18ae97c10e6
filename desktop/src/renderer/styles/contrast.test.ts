import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const TOKENS = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name ?? '', { light: light ?? '', dark: dark ?? '' }],
  ),
);

type Theme = 'light' | 'dark';

function colour(name: string, theme: Theme): string {
  const token = TOKENS.get(name);
  if (token === undefined) throw new Error(`no token --${name}`);
  return token[theme];
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const GROUNDS = ['bg', 'bg-raised', 'bg-sunken', 'bg-hover', 'bg-selected'];
const of = (prefix: string) => [...TOKENS.keys()].filter((name) => name.startsWith(prefix));

/** Text on ground, 4.5:1 (WCAG 1.4.3). */
const TEXT: readonly (readonly [string, string])[] = [
  ...GROUNDS.flatMap((ground) => [['text', ground] as const, ['text-soft', ground] as const]),
  ...['bg', 'bg-raised', 'bg-selected'].flatMap((ground) => [
    ['accent', ground] as const,
    ...of('level-').map((level) => [level, ground] as const),
    ['danger', ground] as const,
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['danger', 'danger-bg'],
  ['warn', 'warn-bg'],
  ['ok', 'ok-bg'],
  ['accent', 'info-bg'],
  ...['danger-bg', 'warn-bg', 'ok-bg', 'info-bg'].map((ground) => ['text', ground] as const),
];

/** Controls, focus and marks of charts on ground, 3:1 (WCAG 1.4.11). */
const MARKS: readonly (readonly [string, string])[] = [
  ...['line-control', 'focus'].flatMap((mark) =>
    ['bg', 'bg-raised'].map((ground) => [mark, ground] as const),
  ),
  ['focus', 'bg-selected'],
  ...of('class-').map((mark) => [mark, 'bg'] as const),
  ...of('gap-')
    .filter((name) => /^gap-[a-z]/.test(name))
    .map((mark) => [mark, 'bg'] as const),
  ...of('level-').map((mark) => [mark, 'bg'] as const),
];

describe.each(['light', 'dark'] as const)('colours, %s', (theme) => {
  it.each(TEXT)('%s is legible on %s', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(MARKS)('%s is seen on %s', (mark, ground) => {
    expect(contrast(colour(mark, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

describe('tokens', () => {
  it('has a colour for every event class and every kind of gap', () => {
    expect(of('class-').length).toBe(11);
    expect(of('gap-').filter((name) => TOKENS.has(name)).length).toBe(6);
  });
});
