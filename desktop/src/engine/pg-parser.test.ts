import { describe, expect, it } from 'vitest';
import { loadPgParser } from './pg-parser.ts';

describe('loadPgParser', () => {
  it('gives the tree of what parses, and nothing for what does not', async () => {
    const parser = await loadPgParser();
    expect(parser.parse('SELECT 1')).toMatchObject({ stmts: [{ stmt: { SelectStmt: {} } }] });
    expect(parser.parse('SELEC 1')).toBeUndefined();
    expect(parser.parse('')).toBeUndefined();
  });

  it('stops for good once a text has overflowed its stack', async () => {
    const parser = await loadPgParser();
    expect(parser.parse('SELEC 1')).toBeUndefined();
    expect(parser.parse('SELECT 1')).toBeDefined();
    expect(parser.parse(`SELECT ${'1+'.repeat(100_000)}1`)).toBeUndefined();
    expect(parser.parse('SELECT 1')).toBeUndefined();
  });
});
