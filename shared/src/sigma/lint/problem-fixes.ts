import { parseNetwork } from '../../estate/network.ts';
import type { Problem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';
import type { YamlScalar } from '../../text/yaml-value.ts';
import { MODIFIERS } from '../modifiers/index.ts';
import type { SigmaProblem } from '../problem-table.ts';
import { LEVELS, STATUSES } from '../rule.ts';
import { nearest } from './edit-distance.ts';
import type { Edit, Fix } from './finding.ts';
import type { LintDocument, LintItem } from './lint-document.ts';
import { withModifiers, withText } from './text-edits.ts';

type Mend = (span: Span, document: LintDocument) => Fix | undefined;

/**
 * How to mend what keeps a rule from being read, where that is plain. None of it is safe: the rule did not run before, and
 * what it finds then is for its author to judge.
 */
const FIXES: Partial<Readonly<Record<SigmaProblem, Mend>>> = {
  'sigma/status': (span, document) => nearWord(span, document, STATUSES),
  'sigma/level': (span, document) => nearWord(span, document, LEVELS),
  'sigma/condition-operator-case': (span, { text }) => {
    const written = text.slice(span.from, span.to);
    return /^(and|or|not)$/i.test(written)
      ? fix(written.toLowerCase(), [{ span, text: written.toLowerCase() }])
      : undefined;
  },
  'sigma/condition-unknown-name': (span, { text, searches }) => {
    const written = text.slice(span.from, span.to);
    const meant = /^[\w-]+$/.test(written)
      ? nearest(
          written,
          searches.map(({ key }) => key),
          3,
        )
      : undefined;
    return meant === undefined ? undefined : fix(meant, [{ span, text: meant }]);
  },
  'sigma/unknown-modifier': (span, document) => {
    const item = itemAt(span, document);
    const names = MODIFIERS.map(({ name }) => name);
    const meant = item?.modifiers.map((name) =>
      names.some((known) => known === name) ? name : (nearest(name.toLowerCase(), names, 2) ?? name),
    );
    if (item === undefined || meant === undefined || meant.join() === item.modifiers.join()) return undefined;
    return fix(meant.join('|'), [withModifiers(item, document.text, meant)]);
  },
  'sigma/quoted-number': (span, document) => unquoted(span, document, /^[-+]?\d+(\.\d+)?$/),
  'sigma/exists-not-bool': (span, document) => unquoted(span, document, /^(true|false)$/),
  'sigma/cidr-host-bits': (span, document) => {
    const edits = valuesAt(span, document).flatMap((value) => {
      const network = parseNetwork(String(value.value));
      if (network?.hostBits !== true || network.version !== 4) return [];
      const [, bits = '32'] = network.text.split('/');
      const first = (network.first.match(/../g) ?? []).slice(-4).map((byte) => Number.parseInt(byte, 16));
      return [withText(document.text, value, `${first.join('.')}/${bits}`)];
    });
    return edits.length === 0 ? undefined : fix('the first address of the range', edits);
  },
  'sigma/regex': (span, document) => {
    const edits = valuesAt(span, document).flatMap(({ span: at }) =>
      [...document.text.slice(at.from, at.to).matchAll(/\(\?<(?=[A-Za-z_])/g)].map(
        ({ index }): Edit => ({ span: { from: at.from + index + 2, to: at.from + index + 2 }, text: 'P' }),
      ),
    );
    return edits.length === 0 ? undefined : fix('(?P<name>…)', edits);
  },
  'sigma/timespan': (span, { text }) => {
    const written = text.slice(span.from, span.to);
    const quote = /^["']/.exec(written)?.[0] ?? '';
    const bare = written.replace(/^["']|["']$/g, '').trim();
    const [, count, unit] = /^(\d{1,9}) {0,8}([smhd])$/.exec(bare) ?? [];
    if (count === undefined || Number(count) === 0) return undefined;
    return fix(count + unit, [{ span, text: quote + count + unit + quote }]);
  },
};

/** A problem of reading with the fix that there is for it. */
export function withFix(
  found: Problem,
  document: LintDocument | undefined,
): Problem & { readonly fix?: Fix } {
  const mend = FIXES[found.code as SigmaProblem];
  const span = found.at?.span;
  const made =
    mend === undefined || span === undefined || document === undefined ? undefined : mend(span, document);
  return made === undefined ? found : { ...found, fix: made };
}

function fix(put: string, edits: readonly Edit[]): Fix {
  return { title: `Write ${put}`, edits, safe: false };
}

function nearWord(span: Span, { text }: LintDocument, words: readonly string[]): Fix | undefined {
  const written = text.slice(span.from, span.to).replace(/^["']|["']$/g, '');
  const meant = nearest(written.toLowerCase(), words, 3);
  return meant === undefined ? undefined : fix(meant, [withText(text, { span }, meant)]);
}

/** The item whose key stands at `span`: problems of values are reported there. */
function itemAt(span: Span, { items }: LintDocument): LintItem | undefined {
  return items.find(({ keySpan }) => keySpan.from === span.from && keySpan.to === span.to);
}

/** The values of the item at `span`, or the value that stands there itself. */
function valuesAt(span: Span, document: LintDocument): readonly YamlScalar[] {
  const item = itemAt(span, document);
  if (item !== undefined) return item.values;
  const values = document.items.flatMap(({ values: of }) => of);
  return values.filter((value) => value.span.from === span.from && value.span.to === span.to);
}

function unquoted(span: Span, document: LintDocument, form: RegExp): Fix | undefined {
  const edits = valuesAt(span, document).flatMap(({ value, span: at }): Edit[] =>
    typeof value === 'string' && form.test(value) ? [{ span: at, text: value }] : [],
  );
  return edits.length === 0 ? undefined : fix(edits.map(({ text }) => text).join(', '), edits);
}
