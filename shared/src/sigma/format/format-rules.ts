import type { Problem } from '../../text/problem.ts';
import { problem } from '../../text/problem.ts';
import { YamlSource } from '../../text/yaml-source.ts';
import type { Entry, YamlValue } from '../../text/yaml-value.ts';
import { SIGMA_PROBLEMS } from '../problem-table.ts';
import { keyRank, searchRank } from './key-order.ts';
import { LinePlan } from './line-plan.ts';
import { sameMeaning, YAML_CODES } from './same-meaning.ts';
import { isBlank, isComment, SourceLines } from './source-lines.ts';

/** The text as it is to be, or why it is left as it is. */
export type Formatted = { readonly text: string } | { readonly problems: readonly Problem[] };

/**
 * A file of Sigma rules in the form that public rules have: keys in the order of the specification, four blanks a level,
 * no blank lines between keys, LF, one line feed at the end (SIGMA Y6). Comments, quotes, block scalars and line breaks stay as
 * written. A text that cannot be read, or would say something else afterwards, is left alone with the reason.
 */
export function formatRules(name: string, text: string): Formatted {
  const unified = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const yaml = new YamlSource(name, unified, SIGMA_PROBLEMS);
  const roots = yaml.documents(YAML_CODES);
  for (const root of roots) if (root.kind !== 'map') yaml.report('sigma/not-a-rule', {}, root.span);
  if (yaml.problems.length > 0) return { problems: yaml.problems };
  const source = new SourceLines(unified);
  const formatted = documentsOf(source, roots).flatMap((document) => formatDocument(source, document));
  while (formatted.length > 0 && formatted.at(-1) === '') formatted.pop();
  const made = formatted.length === 0 ? '' : `${formatted.join('\n')}\n`;
  if (made !== unified && !sameMeaning(name, unified, made))
    return { problems: [problem(SIGMA_PROBLEMS, 'sigma/format-changes', {}, { file: name })] };
  return { text: made };
}

/** Lines from `from` on and before `to`, with what they hold. */
interface DocumentLines {
  readonly root: YamlValue;
  readonly from: number;
  readonly to: number;
}

/** Each document reaches to the marker behind it. */
function documentsOf(source: SourceLines, roots: readonly YamlValue[]): readonly DocumentLines[] {
  let from = 0;
  return roots.map((root, i) => {
    const next = roots[i + 1];
    const last = next === undefined ? source.lines.length : source.lineOf(next.span.from);
    let to = source.lastLineOf(root.span) + 1;
    while (to < last && !/^(---|\.\.\.)(\s|$)/.test(source.line(to))) to++;
    const document = { root, from, to: next === undefined ? source.lines.length : to };
    from = document.to;
    return document;
  });
}

function formatDocument(source: SourceLines, { root, from, to }: DocumentLines): readonly string[] {
  const plan = new LinePlan(source, root);
  const entries = blockEntries(source, root);
  const first = source.lineOf(root.span.from);
  const head = headOf(source.lines.slice(from, first).map((line) => line.trimEnd()));
  if (entries === undefined) return [...head, ...plan.lines(first, to)];
  const foot = footOf(source, plan, first, to);
  const chunks = inOrder(chunksOf(source, plan, entries, { from: first, to: foot }), keyRank);
  return [
    ...head,
    ...chunks.flatMap((chunk) => sectionLines(source, plan, chunk)),
    ...plan.lines(foot, to).filter((line) => line !== ''),
  ];
}

/** Where the comments begin that stand behind the last key. */
function footOf(source: SourceLines, plan: LinePlan, first: number, to: number): number {
  let foot = to;
  const isFoot = (line: number) =>
    !plan.isInside(line) && (isBlank(source.line(line)) || source.line(line).startsWith('#'));
  while (foot - 1 > first && isFoot(foot - 1)) foot--;
  return foot;
}

/** Markers and comments before the first key; blank lines only between comments and the rest. */
function headOf(lines: readonly string[]): readonly string[] {
  return lines.filter((line, i) => line !== '' || (i > 0 && isComment(lines[i - 1] ?? '')));
}

/** The lines of one key with the comments that stand right above it. */
interface Chunk {
  readonly entry: Entry;
  readonly from: number;
  readonly to: number;
}

function chunksOf(
  source: SourceLines,
  plan: LinePlan,
  entries: readonly Entry[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly Chunk[] {
  const starts = entries.map(({ keySpan }, i) => {
    let line = source.lineOf(keySpan.from);
    const column = source.column(line);
    const isLead = (at: number) =>
      !plan.isInside(at) && isComment(source.line(at)) && source.column(at) === column;
    while (i > 0 && isLead(line - 1)) line--;
    return i === 0 ? from : line;
  });
  return entries.map((found, i) => ({ entry: found, from: starts[i] ?? from, to: starts[i + 1] ?? to }));
}

function inOrder(chunks: readonly Chunk[], rank: (key: string) => number): readonly Chunk[] {
  return [...chunks].sort((a, b) => rank(a.entry.key) - rank(b.entry.key));
}

/** A top-level key: of searches the condition last, no blank lines at its end, within it one at a time. */
function sectionLines(source: SourceLines, plan: LinePlan, { entry: section, from, to }: Chunk): string[] {
  const searches =
    section.key === 'detection' || section.key === 'filter' ? blockEntries(source, section.value) : undefined;
  const first = searches?.[0];
  if (searches === undefined || first === undefined) return tidy(plan, [{ from, to }]);
  const start = source.lineOf(first.keySpan.from);
  const chunks = inOrder(chunksOf(source, plan, searches, { from: start, to }), searchRank);
  return tidy(plan, [{ from, to: start }, ...chunks]);
}

/** Of blank lines one at a time is kept, where more of the section follows. */
function tidy(plan: LinePlan, ranges: readonly { readonly from: number; readonly to: number }[]): string[] {
  const lines: string[] = [];
  let blank = false;
  for (const { from, to } of ranges) {
    for (const [i, line] of plan.lines(from, to).entries()) {
      const inside = plan.isInside(from + i);
      if (line === '' && !inside) {
        blank = true;
        continue;
      }
      if (blank && lines.length > 0 && (inside || line.startsWith(' '))) lines.push('');
      blank = false;
      lines.push(line);
    }
  }
  return lines;
}

/** The entries of a map that is written in lines, each on one of its own. */
function blockEntries(source: SourceLines, value: YamlValue): readonly Entry[] | undefined {
  if (value.kind !== 'map' || source.text.charAt(value.span.from) === '{') return undefined;
  const lines = value.entries.map(({ keySpan }) => source.lineOf(keySpan.from));
  return new Set(lines).size === lines.length ? value.entries : undefined;
}
