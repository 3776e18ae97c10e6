import type { DocumentCheck, Report } from '../../check.ts';
import { isDatabaseRule } from '../../database-source.ts';
import type { LintDocument, LintItem } from '../../lint-document.ts';
import { holdsSeveral } from '../../logic/rule-logic.ts';
import { fixBy, withModifiers } from '../../text-edits.ts';

/** Modifiers that do the same once and twice. */
const IDEMPOTENT = new Set([
  'all',
  'contains',
  'startswith',
  'endswith',
  'cased',
  'windash',
  're',
  'i',
  'm',
  's',
]);

export const invalidModifierCombinations: DocumentCheck = {
  id: 'invalid_modifier_combinations',
  origin: 'pysigma',
  severity: 'error',
  about: 'modifiers stand together that do not go together',
  help: '`all` without `contains` asks one field to equal several values. `base64offset` without `contains` asks for the whole value, of which it knows only a part. Tools expand `windash` into alternatives, which `all` would demand together. A modifier twice does nothing more.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    CommandLine|all: [a, b]
    ScriptBlockText|base64offset: secret
  condition: selection`,
        marks: ['CommandLine|all', 'ScriptBlockText|base64offset'],
        fixed: `detection:
  selection:
    CommandLine|all: [a, b]
    ScriptBlockText|base64offset|contains: secret
  condition: selection`,
      },
      {
        rule: `detection:
  selection:
    CommandLine|contains|contains: a
  condition: selection`,
        marks: ['CommandLine|contains|contains'],
        fixed: `detection:
  selection:
    CommandLine|contains: a
  condition: selection`,
      },
    ],
    valid: [
      `detection:
  selection:
    CommandLine|contains|all: [a, b]
    ScriptBlockText|base64offset|contains: secret
  condition: selection`,
      `logsource: {category: database}
detection:
  selection:
    flags|all: [export, bulk_read]
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const item of document.items) if (item.modifiers.length > 0) checkItem(document, item, report);
  },
};

function checkItem(document: LintDocument, item: LintItem, report: Report): void {
  const { field, modifiers, keySpan } = item;
  const has = (name: string) => modifiers.includes(name);
  // A list of database events can equal several: each value is asked of some member (SIGMA R16).
  const list = isDatabaseRule(document) && holdsSeveral(field);
  if (field !== undefined && has('all') && !has('contains') && !list)
    report(keySpan, 'all without contains asks one value to equal several.');
  if (has('base64offset') && !has('contains')) {
    const fix = fixBy('Add contains', withModifiers(item, document.text, [...modifiers, 'contains']), false);
    report(keySpan, 'base64offset knows only a part of the encoded value; contains has to follow.', fix);
  }
  if (has('windash') && has('all'))
    report(keySpan, 'Other tools expand windash into alternatives and let all demand them together.');
  const repeated = modifiers.filter((name, at) => name !== 'base64' && modifiers.indexOf(name) < at);
  if (repeated.length > 0) {
    const once = modifiers.filter((name, at) => !repeated.includes(name) || modifiers.indexOf(name) === at);
    const fix = repeated.every((name) => IDEMPOTENT.has(name))
      ? fixBy('Write it once', withModifiers(item, document.text, once))
      : undefined;
    report(keySpan, `The modifier ${repeated[0]} stands here twice.`, fix);
  }
}
