import type { DocumentCheck } from '../../check.ts';

const RULE = (condition: string) =>
  `title: x\ncorrelation:\n    type: event_count\n    rules: [a]\n    group-by: [user]\n    timespan: 5m\n    condition: ${condition}\n`;

export const upperBoundOnly: DocumentCheck = {
  id: 'upper_bound_only',
  origin: 'own',
  severity: 'info',
  about: 'a count has an upper bound but no lower one',
  help: 'Every quiet window satisfies it, so nearly every group matches. Windows without any event are never seen (SIGMA K6): add gte: 2, or search for what is missing otherwise.',
  examples: {
    invalid: [{ rule: RULE('{lte: 3}'), marks: ['{lte: 3}'] }],
    valid: [RULE('{gte: 2, lte: 3}'), RULE('{gte: 3}')],
  },
  check(document, report) {
    if (document.rule.kind !== 'correlation' || !document.rule.type.endsWith('_count')) return;
    const { thresholds } = document.rule.condition;
    const condition = document.entryBelow('correlation', 'condition');
    if (condition !== undefined && thresholds.length > 0 && thresholds.every(({ is }) => is.startsWith('lt')))
      report(condition.value.span, 'Every quiet window satisfies this: there is no lower bound.');
  },
};
