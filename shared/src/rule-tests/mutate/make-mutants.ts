import type { Estate } from '../../estate/estate.ts';
import { loadRules, type ReadDocument } from '../../sigma/load-rules.ts';
import type { EventKind } from '../../sigma/plan/event-kind.ts';
import type { RuleSet } from '../../sigma/rule.ts';
import type { TestSuite } from '../suites.ts';
import type { Variant } from '../variants.ts';
import { conditionMutants } from './condition-mutants.ts';
import { correlationMutants } from './correlation-mutants.ts';
import { meaningOf } from './meaning.ts';
import type { Mutator } from './mutant.ts';
import type { MutantResult } from './mutation-report.ts';
import { searchMutants } from './search-mutants.ts';
import { textDiff } from './text-diff.ts';

const MUTATORS: readonly Mutator[] = [conditionMutants, searchMutants, correlationMutants];

/** A rule with one change, and the change. */
export interface MadeMutant {
  readonly variant: Variant;
  readonly change: Omit<MutantResult, 'noticedBy'>;
}

/**
 * Every mutant of a suite's rules: their text with one change, read like any rule. What is no rule any more is left out; what
 * asks the same as the rule, or as a mutant before, is counted as equivalent.
 */
export function makeMutants(
  { set, rule }: TestSuite,
  documents: readonly ReadDocument[],
  estate: Estate | undefined,
  kind: EventKind,
): { readonly mutants: readonly MadeMutant[]; readonly equivalent: number } {
  const parts = new Set<object>([...set.rules, ...set.filters]);
  const own = documents.filter((document) => parts.has(document.rule));
  const seen = new Set([meaningOf({ set, rule }, estate, kind)]);
  const mutants: MadeMutant[] = [];
  let equivalent = 0;
  for (const document of own) {
    for (const mutator of MUTATORS) {
      for (const { mutation, edit } of mutator(document)) {
        const { span, text: put } = edit;
        const text = document.text.slice(0, span.from) + put + document.text.slice(span.to);
        const changed = reread(document, text, documents);
        const variant = changed === undefined ? undefined : replaced(set, rule, document, changed);
        const meaning = variant === undefined ? undefined : meaningOf(variant, estate, kind);
        if (variant === undefined || meaning === undefined) continue;
        if (seen.has(meaning)) {
          equivalent++;
          continue;
        }
        seen.add(meaning);
        mutants.push({
          variant,
          change: { mutation, file: document.file, ...textDiff(document.text, text) },
        });
      }
    }
  }
  return { mutants: mutants.sort((a, b) => a.change.line - b.change.line), equivalent };
}

/** The document in the changed text of its file: the one at its place there. */
function reread(
  document: ReadDocument,
  text: string,
  documents: readonly ReadDocument[],
): ReadDocument | undefined {
  const place = documents.filter(({ file }) => file === document.file).indexOf(document);
  const changed = loadRules([{ name: document.file, text }]).value.documents[place];
  // A correlation's references are looked for in the whole set.
  const faults = changed?.rule.faults.filter(({ code }) => code !== 'sigma/reference-not-found');
  return changed?.rule.kind === document.rule.kind && faults?.length === 0 ? changed : undefined;
}

function replaced(
  { rules, filters }: RuleSet,
  rule: TestSuite['rule'],
  document: ReadDocument,
  changed: ReadDocument,
): Variant {
  const put = { ...changed.rule, faults: [] };
  const swap = <T extends object>(one: T): T => (one === document.rule ? (put as unknown as T) : one);
  return { set: { rules: rules.map(swap), filters: filters.map(swap) }, rule: swap(rule) };
}
