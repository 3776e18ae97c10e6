import { type Leaf, leavesOf, type Predicate } from '../plan/predicate.ts';
import { fold } from '../values/fold.ts';
import { literalText, type Pattern } from '../values/pattern.ts';
import type { Sql, SqlDialect } from './dialect.ts';
import { bindField, type Home, homeOf, keywordFields, type Layout, type Operand } from './layout.ts';

type TextLeaf = Extract<Leaf, { kind: 'text' }>;

/**
 * Makes SQL tests from predicates. What depends on the statement text alone is collected on the way, judged once for
 * each distinct statement, and joined as a boolean column: ask for `source` last.
 */
export class Compiler {
  readonly #dialect: SqlDialect;
  readonly #layout: Layout;
  readonly #zone: string;
  /** Test on a row of `statement` → name of its column. */
  readonly #statementTests = new Map<Sql, string>();

  constructor(dialect: SqlDialect, layout: Layout, zone: string) {
    this.#dialect = dialect;
    this.#layout = layout;
    this.#zone = zone;
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

  /** The rows that the tests run on: the view as `e`, with the statement tests as `s` where there are any. */
  source(): Sql {
    if (this.#statementTests.size === 0) return 'event AS e';
    const columns = [...this.#statementTests].map(([test, name]) => `${test} AS ${name}`);
    return `event AS e LEFT JOIN (SELECT statement_id, ${columns.join(', ')} FROM statement) AS s ON s.statement_id = e.statement_id`;
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
    if (home === 'event' && this.#isOfStatement(predicate)) return this.#hoist(predicate);
    switch (predicate.kind) {
      case 'and':
        return this.#joined(
          predicate.of.map((part) => this.#test(part, home)),
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
      else if (home === 'event' && this.#isOfStatement(first))
        tests.push(this.#hoist({ kind: 'or', of: leaves }));
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

  #isOfStatement(predicate: Predicate): boolean {
    const leaves = [...leavesOf(predicate)];
    return (
      leaves.length > 0 &&
      leaves.every((leaf) =>
        this.#fieldsOf(leaf).every((field) => homeOf(field, this.#layout) === 'statement'),
      )
    );
  }

  #fieldsOf(leaf: Leaf): readonly string[] {
    const own = leaf.field ?? '';
    return leaf.kind === 'field' ? [own, leaf.other] : [own];
  }

  #hoist(predicate: Predicate): Sql {
    const test = this.#test(predicate, 'statement');
    const name = this.#statementTests.get(test) ?? `s${this.#statementTests.size}`;
    this.#statementTests.set(test, name);
    // An event without statement has no row of `statement` to say that the field is absent.
    if (!holdsWithoutValue(predicate)) return `s.${name}`;
    return `coalesce(s.${name}, ${this.#dialect.truth(true)})`;
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
