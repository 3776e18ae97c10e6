import { describe, expect, it } from 'vitest';
import { applyFixes } from './apply-fixes.ts';
import type { Finding } from './finding.ts';

const finding = (safe: boolean, ...edits: readonly (readonly [number, number, string])[]): Finding => ({
  code: 'x',
  severity: 'info',
  message: '',
  fix: { title: '', safe, edits: edits.map(([from, to, text]) => ({ span: { from, to }, text })) },
});

describe('mending a text', () => {
  it('makes all edits at the places of the text as it was', () => {
    const fixes = [finding(true, [0, 1, 'AAA']), finding(true, [2, 3, ''], [4, 4, '!'])];
    expect(applyFixes('abcde', fixes, 'safe').text).toBe('AAAbd!e');
  });

  it('makes a fix whole or not at all, and leaves what touches another for the next round', () => {
    const first = finding(true, [0, 2, 'x']);
    const second = finding(true, [1, 3, 'y'], [4, 5, 'z']);
    const { text, applied } = applyFixes('abcde', [first, second], 'safe');
    expect(text).toBe('xcde');
    expect(applied).toEqual([first]);
  });

  it('puts two texts into one place one after the other, not both at once', () => {
    const fixes = [finding(true, [1, 1, 'x']), finding(true, [1, 1, 'y'])];
    expect(applyFixes('ab', fixes, 'safe').text).toBe('axb');
  });

  it('changes what a rule means only when asked', () => {
    const unsafe = [finding(false, [0, 1, 'x'])];
    expect(applyFixes('ab', unsafe, 'safe')).toEqual({ text: 'ab', applied: [] });
    expect(applyFixes('ab', unsafe, 'all').text).toBe('xb');
  });
});
