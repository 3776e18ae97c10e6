import type { AuditObject, ObjectAccess } from '../events/audit-event.ts';
import type { EventClass } from '../events/event-class.ts';
import { EVENT_FLAGS, type EventFlag } from '../events/event-flag.ts';
import type { StatementFacts } from '../events/statement-facts.ts';
import { type ActionTraits, GRAVITY, traits } from './actions.ts';
import { BUILTIN_FUNCTIONS } from './builtin-functions.ts';
import type { SqlDialect } from './dialect.ts';
import { RISKY_FUNCTIONS } from './risky-functions.ts';
import type { StatementTokens } from './statement-tokens.ts';

/** Facts without what depends on the very letters of a text. */
export type ShapeFacts = Omit<StatementFacts, 'fingerprint' | 'parser' | 'confidence'>;

/** Reads one statement's tokens into a draft. */
export type Outline = (s: StatementTokens, d: Draft) => void;

/**
 * Facts under construction. The tree reader and the token reader both write here, so that what follows from a name
 * (a risky function, an audit setting) is decided in one place for both.
 */
export class Draft {
  /** A literal's value was used: another text of the same fingerprint may have other facts. */
  literalsRead = false;
  readonly dialect: SqlDialect;
  readonly #read: Outline;
  #action: string | undefined;
  #class: EventClass = 'other';
  #statements = 0;
  readonly #relations = new Map<string, AuditObject>();
  readonly #functions = new Map<string, AuditObject>();
  readonly #columns = new Set<string>();
  readonly #flags = new Set<EventFlag>();

  /** How many statements this one stands in. */
  readonly depth: number;
  /** The statement stands in the body of a routine. */
  readonly inCode: boolean;

  constructor(dialect: SqlDialect, read: Outline, depth = 0, inCode = false) {
    this.dialect = dialect;
    this.#read = read;
    this.depth = depth;
    this.inCode = inCode;
  }

  /** Facts of a statement that stands inside this one: in the `same` body of code, or in a body of its own. */
  within(s: StatementTokens, body: 'same' | 'own'): Draft {
    const inner = this.inside(body);
    if (!inner.tooDeep) this.#read(s, inner);
    return inner;
  }

  inside(body: 'same' | 'own'): Draft {
    return new Draft(this.dialect, this.#read, this.depth + 1, this.inCode || body === 'own');
  }

  /** A body in a body in a body: what is deeper is not looked at. */
  get tooDeep(): boolean {
    return this.depth > 4;
  }

  /** One more statement. `known` where the verb alone does not tell what it is. */
  statement(action: string, known: ActionTraits = traits(action)): void {
    this.#action ??= action;
    this.#statements++;
    this.raise(known.class);
    for (const flag of known.flags) this.#flags.add(flag);
  }

  /** The class becomes `eventClass` if that is graver. */
  raise(eventClass: EventClass): void {
    if (GRAVITY.indexOf(eventClass) < GRAVITY.indexOf(this.#class)) this.#class = eventClass;
  }

  flag(flag: EventFlag): void {
    this.#flags.add(flag);
  }

  /** `parts` are stored names: schema, name. Parts that are undefined or empty are left out. */
  object(type: string, parts: readonly (string | undefined)[], access: ObjectAccess): void {
    const name = parts
      .filter((part) => part !== undefined && part !== '')
      .map((part) => this.dialect.spell(part ?? ''))
      .join('.');
    this.named(this.dialect.aliases[type] ?? type, name, access);
  }

  /** An object whose name is not an identifier: a file, a program. */
  named(type: string, name: string, access: ObjectAccess): void {
    if (name === '') return;
    const place = type === 'function' && access === 'execute' ? this.#functions : this.#relations;
    const key = `${type}\0${name}\0${access}`;
    if (!place.has(key)) place.set(key, { type, name, access });
  }

  column(name: string): void {
    this.#columns.add(name);
  }

  /** A call: of a routine that is worth naming, or one whose use means more. `argument` gives the first literal argument. */
  call(parts: readonly string[], argument: () => string | undefined): void {
    const name = (parts.at(-1) ?? '').toLowerCase();
    const risk = RISKY_FUNCTIONS.get(name);
    for (const flag of risk?.flags ?? []) this.#flags.add(flag);
    if (risk?.class !== undefined) this.raise(risk.class);
    if (risk?.setting) {
      this.literalsRead = true;
      this.setting(argument()?.toLowerCase() ?? '');
    }
    if (risk === undefined && parts.length === 1 && BUILTIN_FUNCTIONS.has(name)) return;
    if (risk === undefined && parts[0] === 'pg_catalog') return;
    this.object('function', parts, 'execute');
  }

  /** A setting was changed, for a session, a role or the server. `name` in lower case. */
  setting(name: string): void {
    if (!this.dialect.auditSetting.test(name)) return;
    this.raise('audit_change');
    this.#flags.add('audit_change');
  }

  /** A library, plug-in or extension was added or removed. */
  module(name: string): void {
    if (!this.dialect.auditModule.test(name.toLowerCase())) return;
    this.raise('audit_change');
    this.#flags.add('audit_change');
  }

  /** Whether a relation is not of the server's own catalogue, so that reading it whole is a bulk read. */
  isUsers(parts: readonly string[]): boolean {
    return !this.dialect.catalogue.test(parts.join('.'));
  }

  /** What was found in code inside the statement: its flags only. */
  absorb(inner: Draft): void {
    for (const flag of inner.#flags) this.#flags.add(flag);
    if (inner.literalsRead) this.literalsRead = true;
  }

  /** What a statement inside this one names; with `all` its flags too. */
  adopt(inner: Draft, what: 'all' | 'names'): void {
    for (const [key, object] of inner.#relations)
      if (!this.#relations.has(key)) this.#relations.set(key, object);
    for (const [key, object] of inner.#functions)
      if (!this.#functions.has(key)) this.#functions.set(key, object);
    for (const column of inner.#columns) this.#columns.add(column);
    if (what === 'all') this.absorb(inner);
    else if (inner.literalsRead) this.literalsRead = true;
  }

  has(flag: EventFlag): boolean {
    return this.#flags.has(flag);
  }

  facts(): ShapeFacts {
    return {
      class: this.#class,
      action: this.#action ?? 'UNKNOWN',
      objects: [...this.#relations.values(), ...this.#functions.values()],
      columns: [...this.#columns],
      flags: EVENT_FLAGS.filter((flag) => this.#flags.has(flag)),
      statements: this.#statements,
    };
  }
}
