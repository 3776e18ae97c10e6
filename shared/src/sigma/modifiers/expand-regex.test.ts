import { describe, expect, it } from 'vitest';
import { expandRegex } from './expand-regex.ts';

function expanded(source: string, values: Readonly<Record<string, readonly string[]>>) {
  const faults: string[] = [];
  const regex = expandRegex(source, {
    placeholder: (name) => values[name],
    fault: (code) => faults.push(code),
  });
  return { regex, faults };
}

describe('placeholders in regular expressions (P1)', () => {
  it('stand for their values, literal but for wildcards', () => {
    expect(expanded('^%a%-%b%$', { a: ['x.y', 'z*'], b: ['c?\\*'] })).toEqual({
      regex: '^(?:x\\.y|z.*)-(?:c.\\*)$',
      faults: [],
    });
  });

  it('match nothing without a value, and say where nothing defines them', () => {
    expect(expanded('%a%', { a: [] })).toEqual({ regex: undefined, faults: [] });
    expect(expanded('%a%', {})).toEqual({ regex: undefined, faults: ['sigma/placeholder-unresolved'] });
  });

  it('are missed where there are none', () => {
    expect(expanded('100%', {})).toEqual({ regex: '100%', faults: ['sigma/placeholder-missing'] });
  });
});
