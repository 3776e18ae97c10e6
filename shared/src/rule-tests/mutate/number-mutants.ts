import type { Span } from '../../text/span.ts';
import type { YamlScalar } from '../../text/yaml-value.ts';
import type { Mutant } from './mutant.ts';

/** What counts the border in, and what does not. */
const NEXT: Readonly<Record<string, string>> = { lt: 'lte', lte: 'lt', gt: 'gte', gte: 'gt' };

/** Moves a number that is compared with; of one that is no whole number, whether the border counts changes. */
export function* numberMutants(
  { value, span }: YamlScalar,
  key: string,
  keySpan: Span,
  text: string,
): Generator<Mutant> {
  if (typeof value === 'bigint') {
    yield { mutation: 'threshold moved', edit: { span, text: String(value + 1n) } };
    yield { mutation: 'threshold moved', edit: { span, text: String(value - 1n) } };
    return;
  }
  const operator = key.split('|').find((part) => NEXT[part] !== undefined);
  const next = NEXT[operator ?? ''];
  if (typeof value !== 'number' || operator === undefined || next === undefined) return;
  const written = text.slice(keySpan.from, keySpan.to);
  const changed = written
    .split('|')
    .map((part) => part.replace(new RegExp(`^${operator}(?=['"]?$)`), next))
    .join('|');
  yield { mutation: 'threshold moved', edit: { span: keySpan, text: changed } };
}
