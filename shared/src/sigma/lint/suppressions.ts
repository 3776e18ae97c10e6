import { type Problem, problem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';
import type { YamlValue } from '../../text/yaml-value.ts';
import { CHECKS } from './checks/index.ts';
import { nearest } from './edit-distance.ts';
import type { Finding } from './finding.ts';
import { checkNamed } from './other-names.ts';
import { LINT_PROBLEMS } from './problem-table.ts';

/** One check (or all) that a comment suppresses in a part of the file. */
interface Suppression {
  /** Undefined: every check. */
  readonly code: string | undefined;
  /** Where a finding begins that is suppressed. */
  readonly part: Span;
  /** The id in the comment, or the comment's own word. */
  readonly at: Span;
  used: boolean;
}

export interface Suppressions {
  /** Whether a comment suppresses the finding; the comment then counts as used. Errors of reading stay: the rule does not run. */
  suppress(finding: Finding): boolean;
  /** What is wrong with the comments: ids that are none, and those that suppressed nothing. To be asked last. */
  problems(active: ReadonlySet<string>): readonly Problem[];
}

const COMMENT = /#[ \t]*(dbwitness|rsigma)-disable(-next-line)?(?![\w-])[ \t:]*([^\r\n]*)/g;

/**
 * The comments of a file that suppress findings (SIGMA L1):
 * `# dbwitness-disable-next-line id[, id] -- reason` for the next line that is no comment,
 * `# dbwitness-disable id` before the first key for the file, before that of a later document for the document, and elsewhere
 * from there to the end of the document; `# rsigma-disable id` from there to the end of the file. Without an id: every check.
 */
export function readSuppressions(file: string, text: string, roots: readonly YamlValue[]): Suppressions {
  const found: Suppression[] = [];
  const unknown: Problem[] = [];
  const texts = text.includes('-disable') ? roots.flatMap((root) => [...longTexts(root)]) : [];
  for (const match of text.includes('-disable') ? text.matchAll(COMMENT) : []) {
    const { index } = match;
    // A # inside a word begins no comment.
    if (/\S/.test(text.charAt(index - 1))) continue;
    if (texts.some(({ from, to }) => from <= index && index < to)) continue;
    const [whole, tool = '', nextLine, rest = ''] = match;
    const list = rest.replace(/(^|\s)--.*/, '');
    const part =
      nextLine !== undefined
        ? lineAfter(text, index)
        : tool === 'rsigma'
          ? { from: index, to: text.length }
          : restOf(text, index, roots);
    const listAt = index + whole.length - rest.length;
    const names = [...list.matchAll(/[^\s,]+/g)];
    if (names.length === 0) {
      const word = whole.slice(0, whole.length - rest.length).trimEnd();
      const at = { from: index, to: index + (word.endsWith(':') ? word.length - 1 : word.length) };
      found.push({ code: undefined, part, at, used: false });
    }
    for (const name of names) {
      const at = { from: listAt + name.index, to: listAt + name.index + name[0].length };
      const code = checkNamed(name[0]);
      // What rsigma finds and nothing here does (all_with_re is none) is no mistake in a comment for rsigma.
      if (code !== undefined) found.push({ code, part, at, used: false });
      else if (tool === 'dbwitness') unknown.push(told('lint/unknown-suppression', at, unknownData(name[0])));
    }
  }

  function told(
    code: keyof typeof LINT_PROBLEMS,
    span: Span,
    data: Readonly<Record<string, string>>,
  ): Problem {
    return problem(LINT_PROBLEMS, code, data, { file, line: lineOf(text, span.from), span });
  }

  return {
    suppress({ code, severity, at }) {
      const from = at?.span?.from;
      if (from === undefined || (severity === 'error' && code.startsWith('sigma/'))) return false;
      const hit = found.filter(
        (one) => (one.code === undefined || one.code === code) && one.part.from <= from && from < one.part.to,
      );
      for (const one of hit) one.used = true;
      return hit.length > 0;
    },
    problems: (active) => [
      ...unknown,
      ...found
        // A check that is off here may be on in another profile, for which the comment stands.
        .filter(
          ({ used, code }) => !used && (code === undefined || code.startsWith('sigma/') || active.has(code)),
        )
        .map(({ at }) => told('lint/unused-suppression', at, {})),
    ],
  };
}

/** Data of the messages about a check that does not exist. */
export function unknownData(name: string): { readonly name: string; readonly nearest: string } {
  const meant = nearest(
    name.toLowerCase().replaceAll('-', '_'),
    CHECKS.map(({ id }) => id),
    3,
  );
  return { name, nearest: meant === undefined ? '' : ` Was ${meant} meant?` };
}

/** The texts in which a # may stand that begins no comment. */
function* longTexts(value: YamlValue): Generator<Span> {
  if (value.kind === 'map') {
    for (const entry of value.entries) {
      yield entry.keySpan;
      yield* longTexts(entry.value);
    }
  } else if (value.kind === 'list') for (const item of value.items) yield* longTexts(item);
  else yield value.span;
}

/** The next line that holds more than a comment. */
function lineAfter(text: string, index: number): Span {
  let from = endOfLine(text, index);
  for (;;) {
    const to = endOfLine(text, from);
    if (to === from || !/^[ \t]*(#.*)?\r?\n?$/.test(text.slice(from, to))) return { from, to };
    from = to;
  }
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

function restOf(text: string, index: number, roots: readonly YamlValue[]): Span {
  const at = roots.findIndex(({ span }) => index < span.to);
  const root = roots[at];
  if (root === undefined) return { from: index, to: text.length };
  const inHead = index < root.span.from;
  if (inHead && at === 0) return { from: 0, to: text.length };
  return { from: inHead ? root.span.from : index, to: root.span.to };
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
