import { parseNetwork } from '../../../../estate/network.ts';
import { EVENT_CLASSES } from '../../../../events/event-class.ts';
import { EVENT_FLAGS } from '../../../../events/event-flag.ts';
import type { DocumentCheck } from '../../check.ts';
import { dictionaryField, isDatabaseRule } from '../../database-source.ts';
import { nearest } from '../../edit-distance.ts';
import { implies } from '../../logic/implication.ts';
import { holdsSeveral, predicateOfItem } from '../../logic/rule-logic.ts';
import { withText } from '../../text-edits.ts';

const RULE = (item: string) =>
  `title: x\nlogsource: {category: database}\ndetection:\n    sel:\n        ${item}\n    condition: sel\n`;

/** Fields that only ever hold certain words. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  class: EVENT_CLASSES,
  flags: EVENT_FLAGS,
  result: ['success', 'failure', 'unknown'],
};

/** Modifiers under which a value is compared as it stands, with or without wildcards. */
const PLAIN = new Set(['contains', 'startswith', 'endswith', 'all', 'neq', 'cased']);

export const valueNeverMatches: DocumentCheck = {
  id: 'value_never_matches',
  origin: 'own',
  severity: 'warning',
  about: 'a field of database events never holds such a value',
  help: 'The event dictionary says what a field can hold: numbers, an address, or one of a few words. A value of another kind never matches, and under not it always does.',
  examples: {
    invalid: [
      { rule: RULE('class: data_raed'), marks: ['data_raed'], fixed: RULE('class: data_read') },
      { rule: RULE('rows: many'), marks: ['many'] },
      { rule: RULE('client_ip|cidr: 10.0.0.0/8\n        user|cidr: 10.0.0.0/8'), marks: ['10.0.0.0/8'] },
    ],
    valid: [
      RULE('class: data_read'),
      RULE("class|startswith: 'data_'"),
      RULE("rows: '100'"),
      RULE("rows: '1*'"),
      RULE('client_ip|cidr: 10.0.0.0/8'),
      RULE('class: data_raed').replace('database', 'process_creation'),
    ],
  },
  check(document, report) {
    if (!isDatabaseRule(document)) return;
    for (const { field, modifiers, values, span: itemSpan } of document.items) {
      const known = field === undefined ? undefined : dictionaryField(field);
      if (field === undefined || known === undefined) continue;
      if (modifiers.includes('cidr') && !/^(client_ip|client_host|server)$/.test(known.name)) {
        for (const { span, value } of values) {
          if (parseNetwork(String(value)) !== undefined)
            report(span, `“${known.name}” never holds an address.`);
        }
      }
      if (!modifiers.every((name) => PLAIN.has(name))) continue;
      const words = WORDS[known.name];
      const numeric = known.type === 'integer' || known.type === 'number';
      for (const scalar of values) {
        const { value, span } = scalar;
        if (value === null || typeof value === 'bigint' || typeof value === 'number') continue;
        const text = String(value);
        if (numeric && !/^[-+\d.*?eE]*$/.test(text)) report(span, `“${known.name}” holds numbers.`);
        if (words === undefined) continue;
        const plain = modifiers.filter((name) => name !== 'neq' && name !== 'all');
        const leaf = predicateOfItem({ field, modifiers: plain, values: [value], span: itemSpan });
        const context = { holdsSeveral, left: 100 };
        const hit = words.some((word) =>
          implies(
            predicateOfItem({ field, modifiers: ['cased'], values: [word], span: itemSpan }),
            leaf,
            context,
          ),
        );
        if (hit) continue;
        const meant = nearest(text.toLowerCase(), words, 2);
        report(
          span,
          `“${known.name}” never holds “${text}”: it is one of ${words.join(', ')}.`,
          meant === undefined
            ? undefined
            : { title: `Write ${meant}`, edits: [withText(document.text, scalar, meant)], safe: false },
        );
      }
    }
  },
};
