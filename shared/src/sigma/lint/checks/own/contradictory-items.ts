import type { Detection } from '../../../rule.ts';
import type { DocumentCheck, Report } from '../../check.ts';
import { excludes } from '../../logic/implication.ts';
import { holdsSeveral, predicateOfItem } from '../../logic/rule-logic.ts';

const RULE = (items: string) => `title: x\ndetection:\n    sel:\n${items}    condition: sel\n`;

export const contradictoryItems: DocumentCheck = {
  id: 'contradictory_items',
  origin: 'own',
  severity: 'warning',
  about: 'two items of one search cannot hold together',
  help: 'The items of a map must all hold for one event. Values that are alternatives belong into one list, or into a list of maps. A field that holds a list of values can satisfy both.',
  examples: {
    invalid: [
      { rule: RULE('        user: sa\n        user|startswith: app_\n'), marks: ['user|startswith'] },
      { rule: RULE('        rows|gt: 100\n        rows|lt: 10\n'), marks: ['rows|lt'] },
      { rule: RULE('        user: null\n        user|contains: a\n'), marks: ['user|contains'] },
    ],
    valid: [
      RULE('        user|startswith: app_\n        user|endswith: _rw\n'),
      RULE('        flags: export\n        flags|contains: bulk\n'),
      RULE("        user|expand: '%dba%'\n        user|startswith: app_\n"),
    ],
  },
  check(document, report) {
    if (document.rule.kind === 'correlation') return;
    for (const detection of document.rule.detections.values()) look(detection, report);
  },
};

function look(detection: Detection, report: Report): void {
  if (detection.kind === 'item') return;
  for (const part of detection.of) look(part, report);
  if (detection.kind !== 'all') return;
  const items = detection.of.flatMap((part) => (part.kind === 'item' ? [part.item] : []));
  const fields = items.map(({ field }) => field);
  // Two tests of one field are rare: everything else is over here.
  if (new Set(fields).size === fields.length) return;
  for (const [i, item] of items.entries()) {
    const other = items
      .slice(0, i)
      .find(
        (before) =>
          before.field === item.field &&
          excludes(predicateOfItem(before), predicateOfItem(item), { holdsSeveral, left: 2000 }),
      );
    if (other !== undefined)
      report(item.span, `No value of “${item.field}” satisfies this and the item above it.`);
  }
}
