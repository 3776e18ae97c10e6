import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readKnowledge } from './read-knowledge.ts';

const shipped = (name: string) =>
  readFileSync(new URL(`../../../content/knowledge/${name}.json`, import.meta.url), 'utf8');
const files = { attack: shipped('attack'), d3fend: shipped('d3fend'), taxonomy: shipped('taxonomy') };

describe('what checks know', () => {
  const { value, problems } = readKnowledge(files);

  it('is ATT&CK 19: without defense-evasion, with what took its place (SIGMA §10)', () => {
    expect(problems).toEqual([]);
    expect(value.attack.version).toBe('19');
    expect(value.attack.tactics.size).toBe(15);
    expect(value.attack.tactics.has('defense-evasion')).toBe(false);
    expect(value.attack.techniques.get('t1685.002')).toEqual(['defense-impairment']);
    expect(value.attack.names.get('t1685.002')).toBe('Disable or Modify Cloud Log');
    expect(value.attack.revoked.get('t1562.008')?.id).toBe('t1685.002');
  });

  it('has tactics for every technique, and a live replacement for every revoked one', () => {
    const { tactics, techniques, revoked } = value.attack;
    expect(
      [...techniques].filter(([, of]) => of.length === 0 || !of.every((name) => tactics.has(name))),
    ).toEqual([]);
    expect([...revoked].filter(([id, by]) => techniques.has(id) || !techniques.has(by.id))).toEqual([]);
  });

  it('says what a file is that is put in the place of another, and goes on without it', () => {
    const swapped = readKnowledge({ ...files, attack: files.taxonomy, d3fend: '{' });
    expect(swapped.problems.map(({ code, message }) => [code, message])).toEqual([
      ['lint/knowledge', 'This is no attack knowledge file: “knowledge” should be “attack”.'],
      ['lint/knowledge', 'This is no d3fend knowledge file: it is no JSON object.'],
    ]);
    expect(swapped.value.attack.techniques.size).toBe(0);
    expect(swapped.value.taxonomy.logsources.size).toBeGreaterThan(100);
  });
});
