import { expect, it } from 'vitest';
import { formatBytes, formatCount, formatDigest, formatShare } from './quantity.ts';

it('groups thousands without a mark that could be a decimal', () => {
  expect(formatCount(5_000_000)).toBe('5\u202f000\u202f000');
});

it('counts bytes in binary units', () => {
  expect([0, 1023, 1024, 98_112_004, 5 * 1024 ** 4].map(formatBytes)).toEqual([
    '0 B',
    '1\u202f023 B',
    '1.0 KiB',
    '94 MiB',
    '5.0 TiB',
  ]);
});

it('never rounds a share to nothing or to everything', () => {
  expect([0, 0.004, 0.5, 0.996, 1].map(formatShare)).toEqual(['0 %', '< 1 %', '50 %', '> 99 %', '100 %']);
});

it('groups digests by four', () => {
  expect(formatDigest('0123456789')).toBe('0123 4567 89');
});
