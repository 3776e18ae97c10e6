import type { CorrelationRule, Rule } from './rule.ts';

/**
 * The correlations that refer to themselves by way of others (SIGMA K12), each with the number of its circle: those that
 * reach each other have the same. Linear, and without recursion: a chain may be as long as a file (Tarjan 1972).
 */
export function rulesInCycles(
  correlations: readonly CorrelationRule[],
  referred: (reference: string) => Rule | undefined,
): ReadonlyMap<Rule, number> {
  const cycles = new Map<Rule, number>();
  const order = new Map<Rule, number>();
  const lowest = new Map<Rule, number>();
  const open: Rule[] = [];
  const isOpen = new Set<Rule>();
  const below = (rule: CorrelationRule) =>
    rule.rules.flatMap((reference) => {
      const other = referred(reference);
      return other?.kind === 'correlation' ? [other] : [];
    });
  const lower = (rule: Rule, to: number) => lowest.set(rule, Math.min(lowest.get(rule) ?? to, to));
  for (const start of correlations) {
    const path: { readonly rule: CorrelationRule; readonly left: CorrelationRule[] }[] = [];
    const enter = (rule: CorrelationRule) => {
      lowest.set(rule, order.size);
      order.set(rule, order.size);
      open.push(rule);
      isOpen.add(rule);
      path.push({ rule, left: below(rule) });
    };
    if (!order.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        path.pop();
        const low = lowest.get(top.rule) ?? 0;
        const above = path.at(-1);
        if (above !== undefined) lower(above.rule, low);
        if (low !== order.get(top.rule)) continue;
        const circle = open.splice(open.lastIndexOf(top.rule));
        for (const rule of circle) isOpen.delete(rule);
        if (circle.length > 1 || below(top.rule).includes(top.rule))
          for (const rule of circle) cycles.set(rule, low);
      } else if (!order.has(next)) enter(next);
      else if (isOpen.has(next)) lower(top.rule, order.get(next) ?? 0);
    }
  }
  return cycles;
}
