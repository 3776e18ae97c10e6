import type { DocumentCheck } from '../../check.ts';

const TYPES = new Set(['event_count', 'value_count', 'temporal', 'temporal_ordered']);

export const sigmahqCorrelationGroupByExistence: DocumentCheck = {
  id: 'sigmahq_correlation_group_by_existence',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a correlation counts without `group-by`',
  help: 'All events then form one group: ten failures of ten people count like ten of one.',
  examples: {
    invalid: [{ rule: 'correlation: {type: event_count, rules: a, timespan: 5m}', marks: ['correlation'] }],
    valid: ['correlation: {type: event_count, rules: a, timespan: 5m, group-by: [user]}'],
  },
  check(document, report) {
    const { rule } = document;
    const entry = document.entry('correlation');
    if (rule.kind !== 'correlation' || entry === undefined) return;
    if (TYPES.has(rule.type) && rule.groupBy.length === 0)
      report(entry.keySpan, 'Without group-by all events form one group.');
  },
};
