import { fold } from '../values/fold.ts';
import type { DocumentFields, DocumentValue } from './document.ts';
import { joinTexts, type Texts, textsOf } from './texts.ts';

/** A field on the way to its value: what is left of its name below the keys walked so far. */
interface Sought {
  readonly field: number;
  readonly rest: string;
  readonly folded: string;
  /** How it came here: of two values of a field, the one with the lower rank is meant. */
  readonly rank: string;
}

interface Node {
  readonly sought: readonly Sought[];
  /** What a key of the data means here, found out when it is first met. */
  readonly steps: Map<string, Step>;
}

interface Step {
  readonly ends: readonly Sought[];
  readonly below: Node | undefined;
}

const NOWHERE: Step = { ends: [], below: undefined };
/** Data may use its keys as values: what is remembered of them stays bounded. */
const MOST_KEYS = 20_000;

/**
 * Finds the fields that rules name in events (SIGMA R18): the literal key first, then the path that the dots name, each in
 * another case only where it is not there exactly; paths walk through arrays (R16). An absent value is as if its key were
 * not there (R2). One walk an event, whatever the number of fields.
 */
export class FieldReader {
  readonly #root: Node;
  readonly #ranks: string[];
  readonly #texts: Texts[];
  #found: number[] = [];

  constructor(fields: readonly string[]) {
    const sought = fields.map((name, field) => ({ field, rest: name, folded: fold(name), rank: '' }));
    this.#root = { sought, steps: new Map() };
    this.#ranks = fields.map(() => '');
    this.#texts = fields.map(() => undefined);
  }

  /** Tells of every field that the event has its index and texts. */
  read(event: DocumentFields, tell: (field: number, texts: string | readonly string[]) => void): void {
    this.#walk(this.#root, event);
    for (const field of this.#found) {
      const texts = this.#texts[field];
      if (texts !== undefined) tell(field, texts);
      this.#texts[field] = undefined;
    }
    this.#found = [];
  }

  #walk(node: Node, fields: DocumentFields): void {
    for (const key of Object.keys(fields)) {
      let step = node.steps.get(key);
      if (step === undefined) {
        step = stepOf(node, key);
        if (node.steps.size >= MOST_KEYS) node.steps.clear();
        node.steps.set(key, step);
      }
      if (step === NOWHERE) continue;
      const value = fields[key];
      if (value === null || value === undefined) continue;
      for (const { field, rank } of step.ends) this.#take(field, rank, value);
      if (step.below !== undefined) this.#descend(step.below, value);
    }
  }

  #descend(node: Node, value: DocumentValue): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const member of value) this.#descend(node, member);
    else this.#walk(node, value as DocumentFields);
  }

  #take(field: number, rank: string, value: DocumentValue): void {
    const known = this.#texts[field];
    if (known !== undefined && (this.#ranks[field] ?? '') < rank) return;
    const texts = textsOf(value);
    if (texts === undefined) return;
    if (known === undefined) this.#found.push(field);
    this.#texts[field] = known !== undefined && this.#ranks[field] === rank ? joinTexts(known, texts) : texts;
    this.#ranks[field] = rank;
  }
}

function stepOf(node: Node, key: string): Step {
  const folded = fold(key);
  const ends: Sought[] = [];
  const below: Sought[] = [];
  for (const sought of node.sought) {
    const { field, rest, rank } = sought;
    if (sought.folded === folded) ends.push({ ...sought, rank: rank + place(0, rest === key) });
    else if (sought.folded.startsWith(`${folded}.`)) {
      const left = rest.slice(key.length + 1);
      const exact = rest.startsWith(`${key}.`);
      below.push({
        field,
        rest: left,
        folded: sought.folded.slice(folded.length + 1),
        rank: rank + place(left.split('.').length, exact),
      });
    }
  }
  if (ends.length === 0 && below.length === 0) return NOWHERE;
  return { ends, below: below.length === 0 ? undefined : { sought: below, steps: new Map() } };
}

/** Ranks are compared as texts: the fewer parts are left behind a key the better, then the exact spelling. */
function place(left: number, exact: boolean): string {
  return String.fromCharCode(0x100 + 2 * left + (exact ? 0 : 1));
}
