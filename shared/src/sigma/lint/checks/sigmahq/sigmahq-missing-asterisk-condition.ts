import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { fixBy } from '../../text-edits.ts';

export const sigmahqMissingAsteriskCondition: DocumentCheck = {
  id: 'sigmahq_missing_asterisk_condition',
  origin: 'sigmahq',
  severity: 'warning',
  about: '`of` stands before a name without `*`',
  help: 'It then selects one search at most, which the name alone says too.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection: {Image: x}
  condition: 1 of selection`,
        marks: ['1 of selection'],
        fixed: `detection:
  selection: {Image: x}
  condition: selection`,
      },
    ],
    valid: [
      `detection:
  selection_a: {Image: x}
  selection_b: {User: y}
  condition: 1 of selection_*`,
      `detection:
  read_on_server: {Image: x}
  write_on_server: {User: y}
  condition: 1 of *_on_server`,
    ],
  },
  check(document, report) {
    for (const condition of document.conditions) {
      for (const found of condition.text.matchAll(/\b(?:1|any|all)\s+of\s+([^\s)]+)/g)) {
        const name = found[1] ?? '';
        // pySigma wants the * at the end; the specification lets it stand anywhere.
        if (name === 'them' || name.includes('*')) continue;
        const at = partSpan(document, condition, found.index, found.index + found[0].length);
        const exact = document.text.slice(at.from, at.to) === found[0];
        const known = exact && document.searches.some(({ key }) => key === name);
        report(at, `${name} has no *.`, known ? fixBy(`Write ${name}`, { span: at, text: name }) : undefined);
      }
    }
  },
};
