import { type Leaf, NOTHING, type Predicate } from '../predicate.ts';
import type { SqlDialect } from './dialect.ts';
import type { Layout, Operand } from './layout.ts';

/**
 * Works out what of a predicate is left to ask of the data at hand: selections in place of their names, each keyword as tests
 * of fields, and what a field that the data lacks decides decided (SIGMA R3, R19).
 */
export class Resolver {
  readonly #dialect: SqlDialect;
  readonly #layout: Layout;

  constructor(dialect: SqlDialect, layout: Layout) {
    this.#dialect = dialect;
    this.#layout = layout;
  }

  /** The predicate without selections, keywords and blocks of members; `NOTHING` where no event can satisfy it. */
  resolve(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): Predicate {
    switch (predicate.kind) {
      case 'and':
      case 'or': {
        const [neutral, deciding] = predicate.kind === 'and' ? [isAlways, isNever] : [isNever, isAlways];
        const of: Predicate[] = [];
        for (const part of predicate.of) {
          const resolved = this.resolve(part, selections);
          if (deciding(resolved)) return resolved;
          // What is joined by the same word is one list, so that tests of one field in it meet.
          if (resolved.kind === predicate.kind) of.push(...resolved.of);
          else if (!neutral(resolved)) of.push(resolved);
        }
        return { kind: predicate.kind, of };
      }
      case 'not': {
        const of = this.resolve(predicate.of, selections);
        if (isAlways(of)) return NOTHING;
        return isNever(of) ? ANYTHING : { kind: 'not', of };
      }
      case 'selection':
        return this.resolve(selections.get(predicate.name) ?? NOTHING, selections);
      case 'text':
      case 'regex':
        return predicate.field === undefined
          ? this.resolve(this.#layout.keyword(predicate), selections)
          : this.#decided(predicate);
      case 'members':
        return this.resolve(this.#layout.members(predicate), selections);
      default:
        return this.#decided(predicate);
    }
  }

  /** The type of a field's operand, with no column noted as read. */
  shape(field: string): Operand {
    return this.#layout.bind(field, this.#dialect, (name) => name);
  }

  /** A test of a field that the data lacks is false, save one that it is absent. */
  #decided(leaf: Leaf): Predicate {
    const lacks = fieldsOf(leaf).some((field) => this.shape(field).type === 'absent');
    if (!lacks) return this.#isBeyond(leaf) ? NOTHING : leaf;
    return leaf.kind === 'absent' ? ANYTHING : NOTHING;
  }

  /** Whether `leaf` looks in a whole number for what none has: keywords look in every field. */
  #isBeyond(leaf: Leaf): boolean {
    if (leaf.kind !== 'text' || this.shape(leaf.field ?? '').type !== 'integer') return false;
    return leaf.pattern.some((part) => part.kind === 'text' && /[^-0-9]/.test(part.text));
  }
}

/** The fields that a test reads. */
export function fieldsOf(leaf: Leaf): readonly string[] {
  const own = leaf.field ?? '';
  return leaf.kind === 'field' ? [own, leaf.other] : [own];
}

/** Holds for every event. */
const ANYTHING: Predicate = { kind: 'and', of: [] };

function isAlways(predicate: Predicate): boolean {
  return predicate.kind === 'and' && predicate.of.length === 0;
}

/** True for what holds for no event, whatever it says. */
export function isNever(predicate: Predicate): boolean {
  return predicate.kind === 'or' && predicate.of.length === 0;
}
