import type { Parsed, Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import { YamlSource } from '../text/yaml-source.ts';
import { entry, type YamlValue } from '../text/yaml-value.ts';
import { SIGMA_PROBLEMS } from './problem-table.ts';
import { rulesInCycles } from './reference-cycles.ts';
import type { FilterRule, Rule, RuleSet } from './rule.ts';
import { resolveActions } from './syntax/collection.ts';
import { readCorrelation } from './syntax/read-correlation.ts';
import { type DetectionSection, readDetectionSection } from './syntax/read-detection.ts';
import { readFilter } from './syntax/read-filter.ts';
import { readHead, sigmaVersion, textOf } from './syntax/read-head.ts';
import { readLogSource } from './syntax/read-logsource.ts';
import type { Reporter, SigmaSource } from './syntax/report.ts';

const CODES = { syntax: 'sigma/yaml', duplicate: 'sigma/duplicate-key', size: 'sigma/too-large' } as const;
const KINDS = ['detection', 'correlation', 'filter'] as const;

/** A document as it was read: its YAML with places, and the rule that it is. */
export interface ReadDocument {
  readonly file: string;
  /** The whole file's text, to which every span refers. */
  readonly text: string;
  readonly root: Extract<YamlValue, { kind: 'map' }>;
  readonly rule: Rule | FilterRule;
}

export interface LoadedRules extends RuleSet {
  /** Rules and filters together, in the order of files and documents. */
  readonly documents: readonly ReadDocument[];
}

/**
 * Reads Sigma files (detection rules, correlations, filters; several documents a file) as one set, in which
 * references are resolved. Faulty rules stay in the set with their faults, so that a run can say why they did not run.
 */
export function loadRules(
  files: readonly { readonly name: string; readonly text: string }[],
): Parsed<LoadedRules> {
  const rules: Rule[] = [];
  const filters: FilterRule[] = [];
  const documents: ReadDocument[] = [];
  const sources = new Map<Rule, Source>();
  const problems: Problem[][] = [];
  for (const { name, text } of files) {
    const source: SigmaSource = new YamlSource(name, text, SIGMA_PROBLEMS);
    problems.push(source.problems);
    for (const { root, reporter } of resolveActions(source.read(CODES), source)) {
      const read = readDocument(root, source, reporter);
      if (read === undefined || root.kind !== 'map') continue;
      documents.push({ file: name, text, root, rule: read });
      if (read.kind === 'filter') filters.push(read);
      else {
        rules.push(read);
        sources.set(read, { reporter, root });
      }
    }
  }
  checkReferences(rules, sources);
  return { value: { rules, filters, documents }, problems: problems.flat() };
}

function readDocument(
  document: YamlValue,
  source: SigmaSource,
  reporter: Reporter,
): Rule | FilterRule | undefined {
  const kinds = KINDS.filter((kind) => entry(document, kind) !== undefined);
  if (kinds.length === 0) reporter.report('sigma/not-a-rule', document.span);
  // Without any of them, a log source tells a rule that is being typed from other YAML.
  const typed = entry(document, 'logsource') !== undefined;
  if (document.kind !== 'map' || (kinds.length === 0 && !typed)) return undefined;
  if (kinds.length > 1) reporter.report('sigma/several-kinds', document.span, { kinds: kinds.join(' and ') });
  const head = readHead(document, source, reporter);
  const correlation = entry(document, 'correlation');
  if (correlation !== undefined) return readCorrelation(head, document, correlation, reporter);
  const filter = entry(document, 'filter');
  if (filter !== undefined) return readFilter(head, document, filter, reporter);
  const detection = entry(document, 'detection');
  const logsource = readLogSource(document, reporter);
  const reference = head.id ?? head.name ?? 'name of this rule';
  const body: DetectionSection =
    detection === undefined
      ? { detections: new Map(), conditions: [] }
      : readDetectionSection(detection, { skip: [], version: sigmaVersion(document), reference }, reporter);
  return { ...head, kind: 'detection', logsource, ...body };
}

/** The rule that `reference` names: by id first, then by name (SIGMA K15). */
export function ruleReferred(rules: readonly Rule[], reference: string): Rule | undefined {
  return rules.find((rule) => rule.id === reference) ?? rules.find((rule) => rule.name === reference);
}

/** Where a rule was read, and who is told of its faults. */
interface Source {
  readonly reporter: Reporter;
  readonly root: YamlValue;
}

function checkReferences(rules: readonly Rule[], sources: ReadonlyMap<Rule, Source>): void {
  const byId = new Map<string, Rule>();
  const byName = new Map<string, Rule>();
  const first = new Map<string, Rule>();
  for (const rule of rules) {
    if (rule.id !== undefined && !byId.has(rule.id)) byId.set(rule.id, rule);
    if (rule.name !== undefined && !byName.has(rule.name)) byName.set(rule.name, rule);
    for (const reference of [rule.id, rule.name]) {
      if (reference === undefined) continue;
      const other = first.get(reference);
      if (other === undefined) first.set(reference, rule);
      else
        sources.get(rule)?.reporter.report('sigma/duplicate-rule', rule.span, {
          reference,
          title: other.title,
          file: other.file,
        });
    }
  }
  const referred = (reference: string) => byId.get(reference) ?? byName.get(reference);
  const correlations = rules.filter((rule) => rule.kind === 'correlation');
  const inCycle = rulesInCycles(correlations, referred);
  for (const rule of correlations) {
    const source = sources.get(rule);
    if (source === undefined) continue;
    for (const reference of new Set(rule.rules)) {
      const other = referred(reference);
      const place = placeOfReference(source.root, reference) ?? rule.span;
      if (other === undefined) source.reporter.report('sigma/reference-not-found', place, { reference });
      else if (inCycle.get(rule) !== undefined && inCycle.get(rule) === inCycle.get(other))
        source.reporter.report('sigma/reference-cycle', place, { reference });
    }
  }
}

/** Where a correlation names a rule: below `rules`, or where that is left out within the condition. */
function placeOfReference(root: YamlValue, reference: string): Span | undefined {
  const body = entry(root, 'correlation')?.value;
  const found = (entry(body, 'rules') ?? entry(body, 'condition'))?.value;
  const items = found?.kind === 'list' ? found.items : [];
  return (items.find((item) => textOf(item) === reference) ?? found)?.span;
}
