import { MAPPED, type Network } from '../../estate/network.ts';
import { type Leaf, leavesOf, or, type Predicate } from '../predicate.ts';
import { fold } from '../values/fold.ts';
import { literalText, type Pattern } from '../values/pattern.ts';
import { OPERATORS } from './comparison.ts';
import type { Sql, SqlDialect } from './dialect.ts';
import type { Home, Layout, Operand } from './layout.ts';
import { fieldsOf, isNever, Resolver } from './resolve.ts';

/** Tests joined side by side: engines make a tree of them as deep as there are tests, and SQLite takes no deeper than 1000. */
const MOST_JOINED = 100;

/** How a test looks at a field: `Operand` has a column for some. */
type View = 'sql' | 'folded' | 'instant' | 'address';
type TextLeaf = Extract<Leaf, { kind: 'text' }>;

/**
 * Makes SQL tests from predicates. Each part of a predicate is judged at its home (`Home`): what asks of the statement
 * alone, once for each distinct statement; what asks of one field of few values, once for each distinct value; the rest on
 * the event. The first two become boolean columns of subqueries that the events are joined with. These and the columns that
 * are read are collected on the way, so ask for `source` last.
 */
export class Compiler {
  readonly #dialect: SqlDialect;
  readonly #layout: Layout;
  readonly #zone: string;
  readonly #style: 'fast' | 'plain';
  readonly #resolver: Resolver;
  /** Home → its name in the query, and its tests by the names of their columns. */
  readonly #hoisted = new Map<Home, { readonly alias: string; readonly tests: Map<Sql, string> }>();
  /** Columns of the events that the query reads. */
  readonly #columns = new Set<string>();

  /** `plain` judges everything on the event, for people to read. */
  constructor(dialect: SqlDialect, layout: Layout, zone: string, style: 'fast' | 'plain' = 'fast') {
    this.#dialect = dialect;
    this.#layout = layout;
    this.#zone = zone;
    this.#style = style;
    this.#resolver = new Resolver(dialect, layout);
  }

  /** SQL that is true where `predicate` is, and false or NULL elsewhere. */
  test(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): Sql {
    return this.#test(this.#resolver.resolve(predicate, selections), 'event');
  }

  /** Whether no event can satisfy `predicate`, as far as the fields that the data lacks decide. */
  never(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): boolean {
    return isNever(this.#resolver.resolve(predicate, selections));
  }

  /** The same as a column that is never NULL. */
  truth(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): Sql {
    return `coalesce(${this.test(predicate, selections)}, ${this.#dialect.truth(false)})`;
  }

  /** A field's value as canonical text (SIGMA R8), for grouping and for showing; NULL where absent. */
  text(field: string): Sql {
    const operand = this.#bind(field, 'event');
    return operand.type === 'list' ? this.#dialect.joined(operand.sql) : this.#textOf(operand);
  }

  /** SQL that is true where `field` has a value. */
  has(field: string): Sql {
    return `NOT (${this.#absent(field, 'event')})`;
  }

  /** A column of the event, for what a query reads beside its tests. */
  column(name: string): Sql {
    this.#columns.add(name);
    return `e.${this.#dialect.identifier(name)}`;
  }

  /**
   * The rows that the tests run on: the events as `e`, joined with the tests that are judged elsewhere. With `ids`, where
   * the query asks for these events alone.
   */
  source(ids?: readonly string[]): Sql {
    const joins = [...this.#hoisted].map(([home, { alias, tests }]) => {
      const { from, key, on } = this.#layout.placeOf(home, this.#dialect);
      const columns = [...tests].map(([test, name]) => `${test} AS ${name}`);
      return ` LEFT JOIN (SELECT ${key} AS k, ${columns.join(', ')} FROM ${from}) AS ${alias} ON ${alias}.k = ${this.column(on)}`;
    });
    return `${this.#layout.events(this.#columns, ids)} AS e${joins.join('')}`;
  }

  /** Microseconds since 1970 UTC of the event, NULL where it has no usable time. */
  micros(): Sql {
    return this.#layout.micros(this.column('time'), this.#dialect);
  }

  /** SQL that is true of the events that results call `ids`. */
  among(ids: readonly string[]): Sql {
    return this.#layout.among(this.column('event_id'), ids, this.#dialect);
  }

  /** The order of the events, for ORDER BY. */
  order(): Sql {
    return this.#layout.order((name) => this.column(name)).join(', ');
  }

  /** What tells records of one source from those of another. */
  sourceOf(): Sql {
    const { source } = this.#layout;
    return source === undefined ? this.#dialect.literal('') : this.column(source);
  }

  /** Binds `field` where it is judged; columns of the event are noted as read. */
  #bind(field: string, home: Home): Operand {
    return this.#layout.bind(field, this.#dialect, (name) =>
      home === 'event' ? this.column(name) : this.#dialect.identifier(this.#layout.columnAt(home, name)),
    );
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
    if (tests.length === 1) return tests[0] ?? '';
    if (tests.length <= MOST_JOINED) return `(${tests.join(` ${word} `)})`;
    const parts: Sql[] = [];
    for (let i = 0; i < tests.length; i += MOST_JOINED)
      parts.push(this.#joined(tests.slice(i, i + MOST_JOINED), word));
    return this.#joined(parts, word);
  }

  /**
   * Tests of alternatives; equal texts of one field become one IN, texts of a list are looked for in one pass over it, and
   * what is judged at one other home is judged there together.
   */
  #alternatives(all: readonly Predicate[], home: Home): readonly Sql[] {
    const tests: Sql[] = [];
    const equalities = new Map<string, TextLeaf[]>();
    const elsewhere = new Map<Home, Predicate[]>();
    const inLists = new Map<string, TextLeaf[]>();
    const of: Predicate[] = [];
    for (const part of all) {
      const best = home === 'event' ? this.#homeOf(part) : home;
      if (best !== home) elsewhere.set(best, [...(elsewhere.get(best) ?? []), part]);
      else if (part.kind === 'text' && this.#resolver.shape(part.field ?? '').type === 'list') {
        const key = `${part.cased} ${part.field}`;
        inLists.set(key, [...(inLists.get(key) ?? []), part]);
      } else of.push(part);
    }
    for (const [best, parts] of elsewhere) tests.push(this.#hoist(or(parts), best));
    for (const leaves of inLists.values()) tests.push(this.#inList(leaves, home));
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

  /** Whether a member of a list is one of several texts, all of one field and either all with case or all without. */
  #inList(leaves: readonly TextLeaf[], home: Home): Sql {
    const [first] = leaves;
    const literals: string[] = [];
    const patterns: TextLeaf[] = [];
    for (const leaf of leaves) {
      const literal = literalText(leaf.pattern);
      if (literal === undefined) patterns.push(leaf);
      else literals.push(leaf.cased ? literal : fold(literal));
    }
    return this.#onText(
      first?.field ?? '',
      home,
      (text) =>
        this.#joined(
          [
            ...(literals.length === 0 ? [] : [this.#dialect.equals(text, literals)]),
            ...patterns.map((leaf) => this.#dialect.like(text, patternOf(leaf))),
          ],
          'OR',
        ),
      { view: first?.cased === true ? 'sql' : 'folded', once: leaves.length > 1 },
    );
  }

  /** The one home of everything that `predicate` asks, or the event. */
  #homeOf(predicate: Predicate): Home {
    if (this.#style === 'plain') return 'event';
    const homes = new Set<Home>();
    for (const leaf of leavesOf(predicate)) {
      for (const field of fieldsOf(leaf)) homes.add(this.#layout.homeOf(field));
    }
    const [only = 'event', ...more] = homes;
    return more.length === 0 ? only : 'event';
  }

  /** What is judged elsewhere costs nothing here, and lists and JSON cost the most: an engine stops at the first false. */
  #cheapFirst(of: readonly Predicate[], home: Home): readonly Predicate[] {
    const cost = (predicate: Predicate): number => {
      if (home !== 'event' || this.#homeOf(predicate) !== 'event') return 0;
      const costs = [...leavesOf(predicate)].map((leaf) => {
        if (this.#layout.homeOf(leaf.field ?? '') !== 'event') return 0;
        const { type } = this.#resolver.shape(leaf.field ?? '');
        return type === 'list' ? 2 : 1;
      });
      return Math.max(0, ...costs);
    };
    return of.toSorted((a, b) => cost(a) - cost(b));
  }

  #hoist(predicate: Predicate, home: Home): Sql {
    const held = this.#judgedAt(home, this.#test(predicate, home));
    // An event without the value meets no row that could say that it is absent.
    return holdsWithoutValue(predicate) ? `coalesce(${held}, ${this.#dialect.truth(true)})` : held;
  }

  /** The column that tells an event what `test` said of its statement or value. */
  #judgedAt(home: Home, test: Sql): Sql {
    const place = this.#hoisted.get(home) ?? {
      alias: `h${this.#hoisted.size}`,
      tests: new Map<Sql, string>(),
    };
    this.#hoisted.set(home, place);
    const name = place.tests.get(test) ?? `t${place.tests.size}`;
    place.tests.set(test, name);
    return `${place.alias}.${name}`;
  }

  #leaf(leaf: Leaf, home: Home): Sql {
    switch (leaf.kind) {
      case 'text': {
        const literal = literalText(leaf.pattern);
        if (literal !== undefined) return this.#equalToOne(leaf, [literal], home);
        return this.#onText(leaf.field ?? '', home, (text) => this.#dialect.like(text, patternOf(leaf)), {
          view: leaf.cased ? 'sql' : 'folded',
        });
      }
      case 'regex':
        return this.#onText(leaf.field ?? '', home, (text) =>
          this.#dialect.search(text, leaf.source, leaf.flags),
        );
      case 'absent':
        return this.#absent(leaf.field, home);
      case 'network':
        return this.#onText(leaf.field, home, (digits) => this.#within(digits, leaf.network), {
          view: 'address',
        });
      case 'number':
        return this.#number(leaf, home);
      case 'time':
        return this.#time(leaf, home);
      case 'field':
        return this.#fieldTest(leaf, home);
      case 'members':
        throw new Error(`members of ${leaf.field} are not resolved`);
    }
  }

  #equalToOne(leaf: TextLeaf, literals: readonly string[], home: Home): Sql {
    const values = leaf.cased ? literals : literals.map(fold);
    return this.#onText(leaf.field ?? '', home, (text) => this.#dialect.equals(text, values), {
      view: leaf.cased ? 'sql' : 'folded',
    });
  }

  /** An IPv6 network holds no IPv4 address, unless it is one of mapped addresses (SIGMA R13). */
  #within(digits: Sql, { version, first, last }: Network): Sql {
    const { literal, startsWith } = this.#dialect;
    const within = `${digits} BETWEEN ${literal(first)} AND ${literal(last)}`;
    if (version === 4 || first.startsWith(MAPPED)) return within;
    return `(${within} AND NOT ${startsWith(digits, literal(MAPPED))})`;
  }

  #number(leaf: Extract<Leaf, { kind: 'number' }>, home: Home): Sql {
    const operand = this.#bind(leaf.field, home);
    if (operand.type === 'integer' || operand.type === 'number')
      return this.#dialect.compareNumber(operand.sql, leaf.is, leaf.value);
    if (operand.type === 'time') return this.#dialect.truth(false);
    return this.#onText(leaf.field, home, (text) => this.#dialect.compareText(text, leaf.is, leaf.value));
  }

  #time(leaf: Extract<Leaf, { kind: 'time' }>, home: Home): Sql {
    const part = (value: Sql, type: 'time' | 'text') =>
      `${this.#dialect.timePart(value, type, leaf.part, this.#zone)} ${OPERATORS[leaf.is]} ${leaf.value}`;
    const operand = this.#bind(leaf.field, home);
    if (operand.type === 'time') return part(operand.sql, 'time');
    return this.#onText(leaf.field, home, (text) => part(text, 'text'), { view: 'instant' });
  }

  #fieldTest(leaf: Extract<Leaf, { kind: 'field' }>, home: Home): Sql {
    const view = leaf.cased ? 'sql' : 'folded';
    // Both fields of one event: neither list can be judged in parts.
    return this.#onText(
      leaf.field,
      home,
      (text) =>
        this.#onText(
          leaf.other,
          home,
          (other) => {
            switch (leaf.is) {
              case 'equal':
                return `${text} = ${other}`;
              case 'contains':
                return this.#dialect.contains(text, other);
              case 'startswith':
                return this.#dialect.startsWith(text, other);
              case 'endswith':
                return this.#dialect.endsWith(text, other);
            }
          },
          { member: 'other', whole: true, view },
        ),
      { whole: true, view },
    );
  }

  #absent(field: string, home: Home): Sql {
    const operand = this.#bind(field, home);
    if (operand.type === 'absent') return this.#dialect.truth(true);
    if (operand.type !== 'list') return `${operand.sql} IS NULL`;
    const has = this.#ofList(field, home, (list) => this.#dialect.hasMember(list));
    return `NOT coalesce(${has}, ${this.#dialect.truth(false)})`;
  }

  /** What the data does not keep in a view, worked out. */
  #viewOf(text: Sql, view: View): Sql {
    if (view === 'folded') return this.#dialect.fold(text);
    return view === 'address' ? this.#dialect.address(text) : text;
  }

  /** A test of the field's text in one of its views; of any member, where it is a list (R16). */
  #onText(
    field: string,
    home: Home,
    test: (text: Sql) => Sql,
    {
      member = 'member',
      whole = false,
      view = 'sql',
      once = false,
    }: {
      readonly member?: string;
      readonly whole?: boolean;
      readonly view?: View;
      /** The test uses its text several times: it is better folded beforehand. */
      readonly once?: boolean;
    } = {},
  ): Sql {
    const shape = this.#resolver.shape(field);
    if (shape.type === 'absent') return this.#dialect.truth(false);
    const kept = view !== 'sql' && shape[view] !== undefined;
    const tested = (text: Sql) => test(kept ? text : this.#viewOf(text, view));
    const seen = (operand: Operand) => operand[view] ?? operand.sql;
    if (shape.type === 'list') {
      const { any, each, fold: folded } = this.#dialect;
      const some = (list: Sql) =>
        once && view === 'folded' && !kept && each !== undefined
          ? any(each(list, member, folded(member)), member, test(member))
          : any(list, member, tested(member));
      return whole ? some(seen(this.#bind(field, home))) : this.#ofList(field, home, some, seen);
    }
    const operand = this.#bind(field, home);
    return tested(kept ? seen(operand) : this.#textOf(operand));
  }

  /**
   * A test that some member of a list meets. Where a statement adds to the list of its events, it is asked of the
   * statement, and on the event of what the record itself says.
   */
  #ofList(
    field: string,
    home: Home,
    some: (list: Sql) => Sql,
    seen: (operand: Operand) => Sql = (operand) => operand.sql,
  ): Sql {
    const shared = this.#style === 'fast' && home === 'event' ? this.#layout.shared(field) : undefined;
    if (shared === undefined) return some(seen(this.#bind(field, home)));
    const { own, apart } = shared;
    const ofStatement = this.#judgedAt('statement', some(seen(this.#bind(field, 'statement'))));
    const bound = (list: () => Sql) => some(seen(this.#layout.bind(field, this.#dialect, list)));
    const ofRecord = apart
      ? this.#judgedAt(
          own,
          bound(() => 'value'),
        )
      : bound(() => this.column(own));
    return `coalesce(${ofStatement} OR ${ofRecord}, ${this.#dialect.truth(false)})`;
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

/** The pattern of a test as its text is: a folded pattern meets a folded text. */
function patternOf({ pattern, cased }: TextLeaf): Pattern {
  if (cased) return pattern;
  return pattern.map((part) => (part.kind === 'text' ? { kind: 'text', text: fold(part.text) } : part));
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
