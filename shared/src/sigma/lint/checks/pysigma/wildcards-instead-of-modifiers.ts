import type { DocumentCheck } from '../../check.ts';
import type { Fix } from '../../finding.ts';
import { isOnOneLine, withModifiers, withText } from '../../text-edits.ts';
import { isText } from '../../text-values.ts';

const FORMS = [
  { modifier: 'contains', before: true, after: true },
  { modifier: 'endswith', before: true, after: false },
  { modifier: 'startswith', before: false, after: true },
] as const;

/** Modifiers beside which the one that is put in means the same as the wildcards. */
const PLAIN = new Set(['all', 'cased']);

export const wildcardsInsteadOfModifiers: DocumentCheck = {
  id: 'wildcards_instead_of_modifiers',
  origin: 'pysigma',
  severity: 'info',
  about: 'wildcards at the ends of all values say what a modifier says',
  help: '`contains`, `startswith` and `endswith` read easier and are faster in many tools. A `*` alone is left alone.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    CommandLine:
      - '*whoami*'
      - '*net user*'
    Image: '*\\cmd.exe'
  condition: selection`,
        marks: ['CommandLine', 'Image'],
        fixed: `detection:
  selection:
    CommandLine|contains:
      - 'whoami'
      - 'net user'
    Image|endswith: '\\cmd.exe'
  condition: selection`,
      },
    ],
    valid: [
      `detection:
  selection:
    CommandLine|contains: whoami
    Image: '*\\sys*.exe'
    User: '*'
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const item of document.items) {
      const { values, modifiers, keySpan } = item;
      // An expression may end in a star that is no wildcard.
      if (values.length === 0 || modifiers.includes('re')) continue;
      const texts = values.filter(isText);
      if (texts.length < values.length) continue;
      const form = FORMS.find(({ before, after }) =>
        texts.every((value) => isOf(value.value, before, after)),
      );
      if (form === undefined || modifiers.includes(form.modifier)) continue;
      const plain =
        item.field !== undefined &&
        modifiers.every((modifier) => PLAIN.has(modifier)) &&
        texts.every((value) => isOnOneLine(document.text, value));
      const fix: Fix = {
        title: `Use ${form.modifier}`,
        edits: [
          withModifiers(item, document.text, [form.modifier, ...modifiers]),
          ...texts.map((text) => withText(document.text, text, withoutStars(text.value, form))),
        ],
        safe: true,
      };
      report(keySpan, `${form.modifier} says the same as the wildcards.`, plain ? fix : undefined);
    }
  },
};

/** Whether a value has its only wildcards at the ends that are asked for. */
function isOf(value: string, before: boolean, after: boolean): boolean {
  if (value.length < 2 || value.startsWith('*') !== before) return false;
  const parts = [...value.matchAll(/\\[\\*?]|[*?]/g)].filter(([part]) => part.length === 1);
  const last = parts.at(-1);
  const endsOpen = last?.[0] === '*' && last.index === value.length - 1;
  return endsOpen === after && parts.length === Number(before) + Number(after);
}

function withoutStars(value: string, { before, after }: (typeof FORMS)[number]): string {
  return value.slice(before ? 1 : 0, after ? -1 : undefined);
}
