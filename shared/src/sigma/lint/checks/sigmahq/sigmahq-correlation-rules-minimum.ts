import type { DocumentCheck } from '../../check.ts';

export const sigmahqCorrelationRulesMinimum: DocumentCheck = {
  id: 'sigmahq_correlation_rules_minimum',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a temporal correlation refers to fewer than two rules',
  help: 'It asks what happens together; one rule alone is an `event_count`.',
  examples: {
    invalid: [{ rule: 'correlation: {type: temporal, rules: [a], timespan: 5m}', marks: ['[a]'] }],
    valid: ['correlation: {type: temporal, rules: [a, b], timespan: 5m}'],
  },
  check(document, report) {
    const { rule } = document;
    if (rule.kind !== 'correlation' || (rule.type !== 'temporal' && rule.type !== 'temporal_ordered')) return;
    const at =
      document.entryBelow('correlation', 'rules')?.value.span ?? document.entry('correlation')?.keySpan;
    if (rule.rules.length < 2 && at !== undefined)
      report(at, `A ${rule.type} correlation needs at least two rules.`);
  },
};
