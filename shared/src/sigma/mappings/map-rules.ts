import { ruleReferred } from '../load-rules.ts';
import { covers } from '../plan/logsource.ts';
import type { DetectionRule, FilterRule, Rule, RuleSet } from '../rule.ts';
import { mapDetections, type RuleBody } from './map-detections.ts';
import type { Pipeline, Transformation } from './pipeline.ts';

/**
 * Rules in the names of the events: each pipeline is applied in order of its priority, one of a taxonomy to the rules
 * of that taxonomy alone (SIGMA P3). Filters are translated as the rules they meet; correlations ask for the fields
 * that their rules were given. What rules wrote stays with them (`DetectionRule.written`).
 */
export function mapRules(rules: RuleSet, pipelines: readonly Pipeline[]): RuleSet {
  if (pipelines.length === 0) return rules;
  const ordered = pipelines.toSorted((a, b) => a.priority - b.priority);
  const mapped = new Map<Rule, Rule>();
  for (const rule of rules.rules) if (rule.kind === 'detection') mapped.set(rule, mapRule(rule, ordered));
  for (const rule of rules.rules)
    if (rule.kind === 'correlation') {
      const named = (field: string) => fieldOfRules(field, rule.rules, rules.rules, mapped);
      const { condition, aliases } = rule;
      mapped.set(rule, {
        ...rule,
        groupBy: rule.groupBy.map((field) => (aliases.has(field) ? field : named(field))),
        condition: {
          ...condition,
          fields: condition.fields.map((field) => (aliases.has(field) ? field : named(field))),
        },
        aliases: new Map(
          [...aliases].map(([alias, of]) => [
            alias,
            new Map(
              [...of].map(([reference, field]) => [
                reference,
                fieldOfRules(field, [reference], rules.rules, mapped),
              ]),
            ),
          ]),
        ),
      });
    }
  return {
    rules: rules.rules.map((rule) => mapped.get(rule) ?? rule),
    filters: rules.filters.map((filter) => mapRule(filter, ordered)),
  };
}

function mapRule<R extends DetectionRule | FilterRule>(rule: R, pipelines: readonly Pipeline[]): R {
  const { taxonomy = 'sigma' } = rule;
  const own = pipelines.filter(({ taxonomies = ['sigma'] }) => taxonomies.includes(taxonomy));
  if (own.length === 0) return rule;
  let body: RuleBody = {
    logsource: rule.logsource,
    detections: rule.detections,
    conditions: rule.conditions,
    written: new Map(),
  };
  for (const { transformations, vars } of own) {
    for (const transformation of transformations)
      if (isFor(transformation, body)) body = mapDetections(body, transformation, vars);
  }
  const faults = rule.faults.filter(({ code }) => code !== 'sigma/taxonomy');
  return { ...rule, ...body, faults };
}

function isFor({ sources }: Transformation, { logsource }: RuleBody): boolean {
  return sources.length === 0 || sources.some((source) => covers(source, logsource));
}

/** What the first of the rules that wrote `field` now asks for. */
function fieldOfRules(
  field: string,
  references: readonly string[],
  rules: readonly Rule[],
  mapped: ReadonlyMap<Rule, Rule>,
): string {
  for (const reference of references) {
    const rule = ruleReferred(rules, reference);
    const made = rule === undefined ? undefined : mapped.get(rule);
    if (made?.kind !== 'detection') continue;
    for (const [name, as] of made.written ?? []) if (as === field) return name;
  }
  return field;
}
