import type { AuditEvent, AuditObject } from '../events/audit-event.ts';
import { addStatement, completeEvent } from '../events/complete.ts';
import { isoMicros } from '../events/event-json.ts';
import { isAboutTheRecord } from '../events/keyword-fields.ts';
import type { StatementFacts } from '../events/statement-facts.ts';
import type { DocumentFields, DocumentValue } from '../sigma/documents/document.ts';
import type { Dialect, PgParser } from '../sql/facts.ts';
import { createUnderstanding, type Understanding } from '../sql/understanding.ts';
import type { Marker } from './estate-marks.ts';

/** Makes events of databases what they are in the workbench: completed by what their statements tell, marked by the estate. */
export class DatabaseEvents {
  readonly #pgParser: PgParser | undefined;
  readonly #mark: Marker | undefined;
  readonly #asked: ReadonlySet<string>;
  readonly #understandings = new Map<Dialect, Understanding>();
  readonly #facts = new Map<string, StatementFacts>();

  /** `fields`: those that rules ask for; of what is internal to an event only these are kept. */
  constructor(fields: Iterable<string>, mark: Marker | undefined, pgParser: PgParser | undefined) {
    this.#asked = new Set([...fields].map((field) => (field.split('.')[0] ?? '').toLowerCase()));
    this.#mark = mark;
    this.#pgParser = pgParser;
  }

  /** The event with the fields of the dictionary that rules can ask for. `at`: when it happened, as far as that is known. */
  complete(fields: DocumentFields, at: number | undefined): DocumentFields {
    const { event, odd } = eventOf(fields);
    if (at === undefined) delete event.time;
    else event.time = at;
    const facts = this.#factsOf(event);
    completeEvent(event, facts);
    if (facts !== undefined) addStatement(event, facts);
    this.#mark?.(event);
    const { extra, ...own } = event;
    const whole: Readonly<Record<string, unknown>> = {
      ...extra,
      ...own,
      ...(facts === undefined ? {} : { fingerprint: facts.fingerprint }),
      ...odd,
      time: at === undefined ? undefined : isoMicros(at),
    };
    const kept = Object.entries(whole).filter(([name]) => !isAboutTheRecord(name) || this.#asked.has(name));
    return Object.fromEntries(kept) as DocumentFields;
  }

  #factsOf(event: AuditEvent): StatementFacts | undefined {
    const { statement } = event;
    if (statement === undefined) return undefined;
    const dialect: Dialect = /mysql|mariadb/i.test(event.product ?? '') ? 'mysql' : 'postgresql';
    const isCut = event.flags?.includes('truncated') === true;
    const key = `${dialect} ${isCut} ${statement}`;
    const known = this.#facts.get(key);
    if (known !== undefined) return known;
    let understand = this.#understandings.get(dialect);
    if (understand === undefined) {
      const parser = this.#pgParser;
      understand = createUnderstanding({
        dialect,
        ...(parser === undefined || dialect !== 'postgresql' ? {} : { pgParser: parser }),
      });
      this.#understandings.set(dialect, understand);
    }
    const facts = understand(statement, isCut);
    this.#facts.set(key, facts);
    return facts;
  }
}

/** The fields as an event, and those of them that are not what the dictionary says: these stay as they are. */
function eventOf(fields: DocumentFields): { readonly event: AuditEvent; readonly odd: DocumentFields } {
  const event: Record<string, unknown> = {};
  const odd: Record<string, DocumentValue> = {};
  for (const [name, value] of Object.entries(fields)) {
    // Null and absent are the same thing (SIGMA R2).
    if (value === null || value === undefined) continue;
    if (name === 'flags' || name === 'columns' || name === 'parameters') event[name] = texts(value);
    else if (name === 'objects') {
      if (areObjects(value)) event.objects = value;
      else odd.objects = value;
    } else if (name === 'extra') {
      if (typeof value === 'object' && !Array.isArray(value)) event.extra = { ...value };
      else odd.extra = value;
    } else if (['statement', 'class', 'action', 'object', 'application', 'product'].includes(name)) {
      if (typeof value === 'string') event[name] = value;
      else odd[name] = value;
    } else event[name] = value;
  }
  return { event: event as AuditEvent, odd };
}

function texts(value: DocumentValue): string[] {
  return (Array.isArray(value) ? (value as readonly DocumentValue[]) : [value]).map(String);
}

function areObjects(value: DocumentValue): value is readonly (AuditObject & DocumentFields)[] {
  return (
    Array.isArray(value) &&
    (value as readonly DocumentValue[]).every(
      (member) => typeof member === 'object' && member !== null && !Array.isArray(member),
    )
  );
}
