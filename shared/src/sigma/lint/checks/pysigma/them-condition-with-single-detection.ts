import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { fixBy } from '../../text-edits.ts';

export const themConditionWithSingleDetection: DocumentCheck = {
  id: 'them_condition_with_single_detection',
  origin: 'pysigma',
  severity: 'info',
  about: 'the condition says `them` where there is one search',
  help: 'Name the search: it reads easier and stays true when another one is added.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection: {Image: x}
  condition: 1 of them`,
        marks: ['1 of them'],
        fixed: `detection:
  selection: {Image: x}
  condition: selection`,
      },
    ],
    valid: [
      `detection:
  selection: {Image: x}
  filter: {User: y}
  condition: 1 of them`,
    ],
  },
  check(document, report) {
    const [only, another] = document.searches;
    if (only === undefined || another !== undefined) return;
    for (const condition of document.conditions) {
      const found = /\b(1|any|all)\s+of\s+them\b/.exec(condition.text);
      if (found === null) continue;
      const at = partSpan(document, condition, found.index, found.index + found[0].length);
      const exact = document.text.slice(at.from, at.to) === found[0];
      report(
        at,
        `There is one search, ${only.key}: name it.`,
        exact ? fixBy(`Write ${only.key}`, { span: at, text: only.key }) : undefined,
      );
    }
  },
};
