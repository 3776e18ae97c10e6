/** A regular expression as a tree; `RegExp` gives none. Only what the product uses: other syntax is refused by name. */
export type Node =
  | { readonly kind: 'char'; readonly source: string; readonly test: (char: string) => boolean }
  | { readonly kind: 'seq' | 'alt'; readonly parts: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly body: Node;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    }
  | { readonly kind: 'look'; readonly body: Node; readonly behind: boolean; readonly negative: boolean }
  | { readonly kind: 'assert'; readonly sign: string };

/** Parses a pattern of RegExp syntax (ECMA-262 §22.2.1, without back references, named groups and sets). */
export function parsePattern(pattern: string, flags: string): Node {
  const chars = [...pattern];
  let at = 0;
  const eat = (text: string): boolean => {
    if (chars.slice(at, at + text.length).join('') !== text) return false;
    at += text.length;
    return true;
  };

  const alternatives = (): Node => {
    const parts = [sequence()];
    while (eat('|')) parts.push(sequence());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'alt', parts };
  };
  const sequence = (): Node => {
    const parts: Node[] = [];
    while (at < chars.length && chars[at] !== '|' && chars[at] !== ')') parts.push(quantified(atom()));
    return { kind: 'seq', parts };
  };
  const quantified = (body: Node): Node => {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(chars.slice(at, at + 20).join(''));
    if (found === null) return body;
    at += found[0].length;
    const [sign, from, comma, to] = found;
    const min = from === undefined ? (sign === '+' ? 1 : 0) : Number(from);
    const bound = to ? Number(to) : comma ? Number.POSITIVE_INFINITY : min;
    const max = from === undefined ? (sign === '?' ? 1 : Number.POSITIVE_INFINITY) : bound;
    return { kind: 'repeat', body, min, max, lazy: eat('?') };
  };
  const atom = (): Node => {
    if (eat('(')) return group();
    for (const sign of ['^', '$', '\\b', '\\B']) if (eat(sign)) return { kind: 'assert', sign };
    const from = at;
    if (chars[at] === '[') {
      for (at++; chars[at] !== ']'; at++) if (chars[at] === '\\') at++;
      at++;
    } else if (chars[at] === '\\') {
      const found = /^\\(?:u[0-9a-fA-F]{4}|u\{[0-9a-f]+\}|x[0-9a-fA-F]{2}|[pP]\{\w+\}|[^kux1-9])/u.exec(
        chars.slice(at).join(''),
      );
      if (found === null) throw new Error(`cannot read ${pattern} at ${at}`);
      at += [...found[0]].length;
    } else at++;
    const source = chars.slice(from, at).join('');
    const one = new RegExp(`^${source}$`, flags.replace(/[gy]/g, ''));
    const known = new Map<string, boolean>();
    const test = (char: string): boolean => {
      const fits = known.get(char) ?? one.test(char);
      known.set(char, fits);
      return fits;
    };
    return { kind: 'char', source, test };
  };
  const group = (): Node => {
    let body: Node | undefined;
    for (const [sign, behind, negative] of [
      ['?=', false, false],
      ['?!', false, true],
      ['?<=', true, false],
      ['?<!', true, true],
    ] as const)
      if (body === undefined && eat(sign)) body = { kind: 'look', body: alternatives(), behind, negative };
    if (body === undefined) {
      if (!eat('?:') && chars[at] === '?') throw new Error(`cannot read ${pattern} at ${at}`);
      body = alternatives();
    }
    if (!eat(')')) throw new Error(`${pattern} does not close a group`);
    return body;
  };

  const tree = alternatives();
  if (at < chars.length) throw new Error(`cannot read ${pattern} at ${at}`);
  return tree;
}

/** Thrown when a search takes more steps than it may. */
export class TooManySteps extends Error {}

type Continue = (at: number) => boolean;

/**
 * Finds all matches in `text` as a backtracking engine does, from every start, with every way back and without the shortcuts of
 * any one engine. Gives the steps (characters compared) and the first match; ends with `TooManySteps` beyond `limit`.
 */
export function search(
  tree: Node,
  flags: string,
  text: string,
  limit: number,
): { readonly steps: number; readonly first: string | undefined } {
  const chars = flags.includes('u') ? [...text] : text.split('');
  const multiline = flags.includes('m');
  let steps = 0;
  const step = () => {
    if (++steps > limit) throw new TooManySteps();
  };
  const word = (at: number) => /^\w$/.test(chars[at] ?? '');
  const holds = (sign: string, at: number): boolean => {
    if (sign === '^') return at === 0 || (multiline && chars[at - 1] === '\n');
    if (sign === '$') return at === chars.length || (multiline && chars[at] === '\n');
    return (word(at - 1) !== word(at)) === (sign === '\\b');
  };
  const compile = (node: Node, next: Continue): Continue => {
    switch (node.kind) {
      case 'char':
        return (at) => {
          step();
          return at < chars.length && node.test(chars[at] ?? '') && next(at + 1);
        };
      case 'seq':
        return node.parts.reduceRight((after, part) => compile(part, after), next);
      case 'alt': {
        const ways = node.parts.map((part) => compile(part, next));
        return (at) => ways.some((way) => way(at));
      }
      case 'assert':
        return (at) => holds(node.sign, at) && next(at);
      case 'look': {
        const found = compile(node.body, () => true);
        return (at) =>
          (at >= (node.behind ? 1 : 0) && found(node.behind ? at - 1 : at)) !== node.negative && next(at);
      }
      case 'repeat':
        return node.body.kind === 'char' ? run(node.body, node, next) : rounds(node, next);
    }
  };
  /** A repeated character: one loop ahead and one back, which needs no stack. */
  const run = (
    body: Node & { kind: 'char' },
    { min, max, lazy }: { min: number; max: number; lazy: boolean },
    next: Continue,
  ): Continue => {
    const fits = (at: number) => {
      step();
      return at < chars.length && body.test(chars[at] ?? '');
    };
    return (from) => {
      let to = from;
      if (lazy) {
        for (; ; to++) {
          if (to - from >= min && next(to)) return true;
          if (to - from >= max || !fits(to)) return false;
        }
      }
      while (to - from < max && fits(to)) to++;
      for (; to - from >= min; to--) {
        step();
        if (next(to)) return true;
      }
      return false;
    };
  };
  const rounds = (
    { body, min, max, lazy }: { body: Node; min: number; max: number; lazy: boolean },
    next: Continue,
  ): Continue => {
    let done = 0;
    let began = -1;
    const again = (at: number): boolean => {
      const [before, start] = [done, began];
      const more = () => {
        if (before >= max || (at === start && before >= min)) return false;
        [done, began] = [before + 1, at];
        const went = one(at);
        [done, began] = [before, start];
        return went;
      };
      const enough = () => {
        if (before < min) return false;
        [done, began] = [0, -1];
        const went = next(at);
        [done, began] = [before, start];
        return went;
      };
      return lazy ? enough() || more() : more() || enough();
    };
    const one = compile(body, again);
    return (at) => {
      const [before, start] = [done, began];
      [done, began] = [0, -1];
      const went = again(at);
      [done, began] = [before, start];
      return went;
    };
  };

  let end = -1;
  const match = compile(tree, (at) => {
    end = at;
    return true;
  });
  let first: string | undefined;
  for (let at = 0; at <= chars.length; ) {
    step();
    const found = match(at);
    if (found) first ??= chars.slice(at, end).join('');
    // The search goes on behind a match, as replacing and splitting do.
    at = found ? Math.max(end, at + 1) : at + 1;
  }
  return { steps, first };
}

const CANDIDATES = [
  ...' aA0_.,-:;\'"`/\\*+=([{<$#@%&!~^|?\n\t\r\u0001\u0080\u200b\u202fé漢',
  '\ud800',
  '\u{e0001}',
  ...'bcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMNOPQRSTUVWXYZ123456789)]}>«»',
];

/** A short text that `tree` matches, as far as look-arounds allow. */
export function shortest(tree: Node): string {
  switch (tree.kind) {
    case 'char':
      return CANDIDATES.find(tree.test) ?? tree.source;
    case 'seq':
      return tree.parts.map(shortest).join('');
    case 'alt':
      return tree.parts
        .map(shortest)
        .reduce((a, b) => (b !== '' && (a === '' || b.length < a.length) ? b : a));
    case 'repeat':
      return shortest(tree.body).repeat(tree.min);
    default:
      return '';
  }
}

/** A text that grows: `body` over and over between a head and an end. */
export interface Hostile {
  readonly head: string;
  readonly body: string;
  readonly end: string;
}

/** The text of about `length` characters. */
export function hostileText({ head, body, end }: Hostile, length: number): string {
  return head + body.repeat(Math.ceil(length / body.length)) + end;
}

/**
 * Texts made to lead a search for `tree` astray: for each repetition what stands before it, then what it repeats over and over,
 * then a near miss; the same without its head; and heads over and over.
 */
export function hostiles(tree: Node): readonly Hostile[] {
  const texts = new Map<string, Hostile>();
  const pump = (before: string, body: string): void => {
    if (body === '') return;
    for (const end of ['\u0001', 'a', ''])
      for (const head of [before, '', 'a']) texts.set(JSON.stringify([head, body, end]), { head, body, end });
  };
  const visit = (node: Node, head: string): void => {
    if (node.kind === 'seq') {
      let before = head;
      for (const part of node.parts) {
        visit(part, before);
        before += shortest(part);
        pump(head, before.slice(head.length));
      }
    } else if (node.kind === 'alt') {
      for (const part of node.parts) visit(part, head);
      pump(head, node.parts.map(shortest).join(''));
    } else if (node.kind === 'repeat') {
      const bodies = node.body.kind === 'alt' ? node.body.parts : [node.body];
      for (const body of bodies) pump(head, shortest(body));
      if (node.body.kind === 'char')
        for (const char of CANDIDATES.filter(node.body.test).slice(0, 6)) pump(head, char);
      visit(node.body, head);
    } else if (node.kind === 'look') visit(node.body, head);
  };
  visit(tree, '');
  pump('', shortest(tree));
  return [...texts.values()];
}
