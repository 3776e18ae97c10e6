import { describe, expect, it } from 'vitest';
import { entry } from '../../text/yaml-value.ts';
import { loadRules } from '../load-rules.ts';
import { applyFixes } from './apply-fixes.ts';
import type { Edit } from './finding.ts';
import { withItems, withoutEntry, withoutItem } from './text-edits.ts';

const REST = 'detection: {sel: {a: b}, condition: sel}\n';

function edited(text: string, edit: (root: ReturnType<typeof rootOf>, text: string) => Edit): string {
  const made = edit(rootOf(text + REST), text + REST);
  const finding = {
    code: 'x',
    severity: 'info',
    message: '',
    fix: { title: '', edits: [made], safe: true },
  } as const;
  return applyFixes(text + REST, [finding], 'all').text.replace(REST, '');
}

function rootOf(text: string) {
  const [document] = loadRules([{ name: 'a.yml', text }]).value.documents;
  if (document === undefined) throw new Error('no rule');
  return document.root;
}

function itemsOf(root: ReturnType<typeof rootOf>, key: string) {
  const value = entry(root, key)?.value;
  return value?.kind === 'list' ? value.items : [];
}

describe('edits of a rule', () => {
  it.each([
    ['tags:\n  - a.b\n  - c.d # why\n', 1, 'tags:\n  - a.b\n'],
    ['tags: [a.b, c.d]\n', 1, 'tags: [a.b]\n'],
    ['tags: [a.b, c.d]\n', 0, 'tags: [c.d]\n'],
    ['tags:\n  [\n    a.b,\n    c.d,\n  ]\n', 1, 'tags:\n  [\n    a.b,\n  ]\n'],
  ])('take an item out of %j', (text, index, wanted) => {
    const take = edited(text, (root, whole) => withoutItem(whole, itemsOf(root, 'tags')[index] ?? root));
    expect(take).toBe(wanted);
  });

  it.each([
    ['fields:\n  - a\n\nlevel: low\n', '\nlevel: low\n'],
    ['level: low\nfields: [a] # why\n', 'level: low\n'],
  ])('take a key out of %j', (text, wanted) => {
    const found = edited(text, (root, whole) => {
      const fields = entry(root, 'fields');
      if (fields === undefined) throw new Error('no fields');
      return withoutEntry(whole, fields);
    });
    expect(found).toBe(wanted);
  });

  it('take a key out of a map on one line, and nothing else', () => {
    const text = 'logsource: {category: database, definition: x}\n';
    const found = edited(text, (root, whole) => {
      const definition = entry(entry(root, 'logsource')?.value, 'definition');
      if (definition === undefined) throw new Error('no definition');
      return withoutEntry(whole, definition);
    });
    expect(found).toBe('logsource: {category: database}\n');
  });

  it.each([
    ['tags:\n    - a.b # why\n', 'tags:\n    - a.b # why\n    - c.d\n    - e.f\n'],
    ['tags: [a.b]\n', 'tags: [a.b, c.d, e.f]\n'],
  ])('add items to %j', (text, wanted) => {
    const add = edited(text, (root, whole) =>
      withItems(whole, itemsOf(root, 'tags').at(-1) ?? root, ['c.d', 'e.f']),
    );
    expect(add).toBe(wanted);
  });
});
