import type { Condition } from '../../sigma/condition/condition.ts';
import { parseCondition } from '../../sigma/condition/parse-condition.ts';
import { entry, type YamlValue } from '../../text/yaml-value.ts';
import { conditionText } from './condition-text.ts';
import type { Mutant, Mutator } from './mutant.ts';
import type { Mutation } from './mutation-report.ts';

/** Changes of conditions: of searches, and of the rules that a correlation names. */
export const conditionMutants: Mutator = function* ({ root, text }) {
  for (const section of ['detection', 'filter', 'correlation']) {
    const value = entry(entry(root, section)?.value, 'condition')?.value;
    for (const scalar of value?.kind === 'list' ? value.items : value === undefined ? [] : [value])
      yield* ofScalar(scalar, text);
  }
};

function* ofScalar(scalar: YamlValue, text: string): Generator<Mutant> {
  if (scalar.kind !== 'scalar' || typeof scalar.value !== 'string') return;
  const condition = parseCondition(scalar.value, () => undefined);
  if (condition === undefined) return;
  // The span of a block ends behind its line feed.
  const end = text.slice(scalar.span.from, scalar.span.to).endsWith('\n') ? '\n' : '';
  for (const [mutation, changed] of changesOf(condition))
    yield { mutation, edit: { span: scalar.span, text: conditionText(changed) + end } };
}

function* changesOf(condition: Condition): Generator<readonly [Mutation, Condition]> {
  switch (condition.kind) {
    case 'not':
      yield ['not flipped', condition.of];
      for (const [mutation, of] of changesOf(condition.of)) {
        // That it is taken away twice is the rule itself.
        if (of.kind !== 'not' || mutation !== 'not flipped') yield [mutation, { kind: 'not', of }];
      }
      return;
    case 'and':
    case 'or': {
      yield ['operator flipped', { kind: condition.kind === 'and' ? 'or' : 'and', of: condition.of }];
      for (const [i, part] of condition.of.entries()) {
        const others = condition.of.filter((_, j) => j !== i);
        const [only] = others;
        yield [
          'selection dropped',
          others.length === 1 && only !== undefined ? only : { ...condition, of: others },
        ];
        for (const [mutation, changed] of changesOf(part))
          yield [mutation, { ...condition, of: condition.of.map((one, j) => (j === i ? changed : one)) }];
      }
      return;
    }
    default:
      yield ['not flipped', { kind: 'not', of: condition }];
      if (condition.kind !== 'name')
        yield ['quantifier changed', { ...condition, kind: condition.kind === 'some' ? 'every' : 'some' }];
  }
}
