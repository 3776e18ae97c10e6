import { type Leaf, leavesOf, type Predicate } from '../predicate.ts';
import { fold } from '../values/fold.ts';
import { literalText, type Pattern } from '../values/pattern.ts';
import type { Sql, SqlDialect } from './dialect.ts';
import {
  bindField,
  type Home,
  homeOf,
  homeSource,
  keywordFields,
  type Layout,
  type Operand,
} from './layout.ts';

type TextLeaf = Extract<Leaf, { kind: 'text' }>;

/**
 * Makes SQL tests from predicates. What depends on the statement alone, or on one column of few values, is judged once
 * for each distinct statement or value and joined as a boolean column: these are collected on the way, so ask for
 * `source` last.
 */
export class Compiler {
  readonly #dialect: SqlDialect;
  readonly #layout: Layout;
  readonly #zone: string;
  readonly #style: 'fast' | 'plain';
  /** Home → its name in the query, and its tests by the names of their columns. */
  readonly #hoisted = new Map<Home, { readonly alias: string; readonly tests: Map<Sql, string> }>();

  /** `plain` judges everything on the event, for people to read. */
  constructor(dialect: SqlDialect, layout: Layout, zone: string, style: 'fast' | 'plain' = 'fast') {
    this.#dialect = dialect;
    this.#layout = layout;
    this.#zone = zone;
    this.#style = style;
  }

  /** SQL that is true where `predicate` is, and false or NULL elsewhere. */
  test(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): Sql {
    return this.#test(this.#resolve(predicate, selections), 'event');
  }

  /** The same as a column that is never NULL. */
  truth(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): Sql {
    return `coalesce(${this.test(predicate, selections)}, ${this.#dialect.truth(false)})`;
  }

  /** A field's value as canonical text (SIGMA R8), for grouping and for showing; NULL where absent. */
  text(field: string): Sql {
    const operand = bindField(field, 'event', this.#layout, this.#dialect);
    return operand.type === 'list' ? this.#dialect.joined(operand.sql) : this.#textOf(operand);
  }

  /** SQL that is true where `field` has a value. */
  has(field: string): Sql {
    return `NOT (${this.#absent(field, 'event')})`;
  }

  /** The rows that the tests run on: the view as `e`, joined with the tests that are judged elsewhere. */
  source(): Sql {
    const joins = [...this.#hoisted].map(([home, { alias, tests }]) => {
      if (home === 'event') return '';
      const { from, key, on } = homeSource(home, this.#dialect);
      const columns = [...tests].map(([test, name]) => `${test} AS ${name}`);
      return ` LEFT JOIN (SELECT ${key} AS k, ${columns.join(', ')} FROM ${from}) AS ${alias} ON ${alias}.k = ${on}`;
    });
    return `event AS e${joins.join('')}`;
  }

  /** Selections in place of their names, and each keyword as a test of every field. */
  #resolve(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): Predicate {
    switch (predicate.kind) {
      case 'and':
      case 'or':
        return { kind: predicate.kind, of: predicate.of.map((part) => this.#resolve(part, selections)) };
      case 'not':
        return { kind: 'not', of: this.#resolve(predicate.of, selections) };
      case 'selection':
        return this.#resolve(selections.get(predicate.name) ?? { kind: 'or', of: [] }, selections);
      case 'text':
      case 'regex':
        if (predicate.field !== undefined) return predicate;
        return { kind: 'or', of: keywordFields(this.#layout).map((field) => ({ ...predicate, field })) };
      default:
        return predicate;
    }
  }

  #test(predicate: Predicate, home: Home): Sql {
    const best = home === 'event' ? this.#homeOf(predicate) : home;
    if (best !== home) return this.#hoist(predicate, best);
    switch (predicate.kind) {
      case 'and':
        return this.#joined(
          this.#cheapFirst(predicate.of, home).map((part) => this.#test(part, home)),
          'AND',
        );
      case 'or':
        return this.#joined(this.#alternatives(predicate.of, home), 'OR');
      case 'not':
        // Two-valued logic (R1): what is NULL is false before it is negated.
        return `NOT coalesce(${this.#test(predicate.of, home)}, ${this.#dialect.truth(false)})`;
      case 'selection':
        throw new Error(`selection ${predicate.name} is not resolved`);
      default:
        return this.#leaf(predicate, home);
    }
  }

  #joined(tests: readonly Sql[], word: 'AND' | 'OR'): Sql {
    if (tests.length === 0) return this.#dialect.truth(word === 'AND');
    return tests.length === 1 ? (tests[0] ?? '') : `(${tests.join(` ${word} `)})`;
  }

  /** Tests of alternatives; equal texts of one field become one IN. */
  #alternatives(of: readonly Predicate[], home: Home): readonly Sql[] {
    const tests: Sql[] = [];
    const equalities = new Map<string, TextLeaf[]>();
    for (const part of of) {
      if (part.kind === 'text' && literalText(part.pattern) !== undefined) {
        const key = `${part.cased} ${part.field}`;
        equalities.set(key, [...(equalities.get(key) ?? []), part]);
      } else tests.push(this.#test(part, home));
    }
    for (const leaves of equalities.values()) {
      const [first] = leaves;
      if (first === undefined) continue;
      if (leaves.length === 1) tests.push(this.#test(first, home));
      else if (home === 'event' && this.#homeOf(first) !== 'event')
        tests.push(this.#hoist({ kind: 'or', of: leaves }, this.#homeOf(first)));
      else
        tests.push(
          this.#equalToOne(
            first,
            leaves.map((leaf) => literalText(leaf.pattern) ?? ''),
            home,
          ),
        );
    }
    return tests;
  }

  /** The one home of everything that `predicate` asks, or the event. */
  #homeOf(predicate: Predicate): Home {
    if (this.#style === 'plain') return 'event';
    const homes = new Set<Home>();
    for (const leaf of leavesOf(predicate)) {
      for (const field of this.#fieldsOf(leaf)) homes.add(homeOf(field, this.#layout));
    }
    const [only = 'event', ...more] = homes;
    return more.length === 0 ? only : 'event';
  }

  /** What is judged elsewhere costs nothing here, and lists and JSON cost the most: an engine stops at the first false. */
  #cheapFirst(of: readonly Predicate[], home: Home): readonly Predicate[] {
    const cost = (predicate: Predicate): number => {
      if (home !== 'event' || this.#homeOf(predicate) !== 'event') return 0;
      const costs = [...leavesOf(predicate)].map((leaf) => {
        if (homeOf(leaf.field ?? '', this.#layout) !== 'event') return 0;
        const { type } = bindField(leaf.field ?? '', 'event', this.#layout, this.#dialect);
        return type === 'list' ? 2 : 1;
      });
      return Math.max(0, ...costs);
    };
    return of.toSorted((a, b) => cost(a) - cost(b));
  }

  #fieldsOf(leaf: Leaf): readonly string[] {
    const own = leaf.field ?? '';
    return leaf.kind === 'field' ? [own, leaf.other] : [own];
  }

  #hoist(predicate: Predicate, home: Home): Sql {
    const test = this.#test(predicate, home);
    const place = this.#hoisted.get(home) ?? {
      alias: `h${this.#hoisted.size}`,
      tests: new Map<Sql, string>(),
    };
    this.#hoisted.set(home, place);
    const name = place.tests.get(test) ?? `t${place.tests.size}`;
    place.tests.set(test, name);
    const held = `${place.alias}.${name}`;
    // An event without the value meets no row that could say that it is absent.
    return holdsWithoutValue(predicate) ? `coalesce(${held}, ${this.#dialect.truth(true)})` : held;
  }

  #leaf(leaf: Leaf, home: Home): Sql {
    switch (leaf.kind) {
      case 'text': {
        const literal = literalText(leaf.pattern);
        if (literal !== undefined) return this.#equalToOne(leaf, [literal], home);
        return this.#onText(leaf.field ?? '', home, (text) => this.#like(text, leaf));
      }
      case 'regex':
        return this.#onText(leaf.field ?? '', home, (text) =>
          this.#dialect.search(text, leaf.source, leaf.flags),
        );
      case 'absent':
        return this.#absent(leaf.field, home);
      case 'network':
        return this.#onText(leaf.field, home, (text) => this.#dialect.inNetwork(text, leaf.network));
      case 'number':
        return this.#number(leaf, home);
      case 'time':
        return this.#time(leaf, home);
      case 'field':
        return this.#fieldTest(leaf, home);
    }
  }

  #equalToOne(leaf: TextLeaf, literals: readonly string[], home: Home): Sql {
    const values = leaf.cased ? literals : literals.map(fold);
    return this.#onText(leaf.field ?? '', home, (text) =>
      this.#dialect.equals(leaf.cased ? text : this.#dialect.fold(text), values),
    );
  }

  #like(text: Sql, leaf: TextLeaf): Sql {
    if (leaf.cased) return this.#dialect.like(text, leaf.pattern);
    const pattern: Pattern = leaf.pattern.map((part) =>
      part.kind === 'text' ? { kind: 'text', text: fold(part.text) } : part,
    );
    return this.#dialect.like(this.#dialect.fold(text), pattern);
  }

  #number(leaf: Extract<Leaf, { kind: 'number' }>, home: Home): Sql {
    const operand = bindField(leaf.field, home, this.#layout, this.#dialect);
    if (operand.type === 'integer' || operand.type === 'number')
      return this.#dialect.compareNumber(operand.sql, leaf.is, leaf.value);
    if (operand.type === 'time') return this.#dialect.truth(false);
    return this.#onText(leaf.field, home, (text) => this.#dialect.compareText(text, leaf.is, leaf.value));
  }

  #time(leaf: Extract<Leaf, { kind: 'time' }>, home: Home): Sql {
    const is = { equal: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' }[leaf.is];
    const part = (value: Sql, type: 'time' | 'text') =>
      `${this.#dialect.timePart(value, type, leaf.part, this.#zone)} ${is} ${leaf.value}`;
    const operand = bindField(leaf.field, home, this.#layout, this.#dialect);
    if (operand.type === 'time') return part(operand.sql, 'time');
    return this.#onText(leaf.field, home, (text) => part(text, 'text'));
  }

  #fieldTest(leaf: Extract<Leaf, { kind: 'field' }>, home: Home): Sql {
    const cased = (text: Sql) => (leaf.cased ? text : this.#dialect.fold(text));
    return this.#onText(leaf.field, home, (text) =>
      this.#onText(
        leaf.other,
        home,
        (other) => {
          const [a, b] = [cased(text), cased(other)];
          switch (leaf.is) {
            case 'equal':
              return `${a} = ${b}`;
            case 'contains':
              return this.#dialect.contains(a, b);
            case 'startswith':
              return this.#dialect.startsWith(a, b);
            case 'endswith':
              return this.#dialect.endsWith(a, b);
          }
        },
        'other',
      ),
    );
  }

  #absent(field: string, home: Home): Sql {
    const operand = bindField(field, home, this.#layout, this.#dialect);
    if (operand.type === 'absent') return this.#dialect.truth(true);
    if (operand.type !== 'list') return `${operand.sql} IS NULL`;
    return `NOT coalesce(${this.#dialect.hasMember(operand.sql)}, ${this.#dialect.truth(false)})`;
  }

  /** A test of the field's text; of any member, where it is a list (R16). */
  #onText(field: string, home: Home, test: (text: Sql) => Sql, member = 'member'): Sql {
    const operand = bindField(field, home, this.#layout, this.#dialect);
    if (operand.type === 'absent') return this.#dialect.truth(false);
    if (operand.type === 'list') return this.#dialect.any(operand.sql, member, test(member));
    return test(this.#textOf(operand));
  }

  #textOf(operand: Operand): Sql {
    switch (operand.type) {
      case 'integer':
        return this.#dialect.textOfInteger(operand.sql);
      case 'number':
        return this.#dialect.textOfNumber(operand.sql);
      case 'time':
        return this.#dialect.textOfTime(operand.sql);
      default:
        return operand.sql;
    }
  }
}

/** Whether `predicate` is true of an event in which every field it asks for is absent. */
function holdsWithoutValue(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'and':
      return predicate.of.every(holdsWithoutValue);
    case 'or':
      return predicate.of.some(holdsWithoutValue);
    case 'not':
      return !holdsWithoutValue(predicate.of);
    default:
      return predicate.kind === 'absent';
  }
}
