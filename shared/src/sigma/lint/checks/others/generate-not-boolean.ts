import type { DocumentCheck } from '../../check.ts';

const RULE = (generate: string) =>
  `title: x\ncorrelation:\n    type: event_count\n    rules: [a]\n    group-by: [user]\n    timespan: 5m\n    condition: {gte: 5}\ngenerate: ${generate}\n`;

export const generateNotBoolean: DocumentCheck = {
  id: 'generate_not_boolean',
  origin: 'others',
  severity: 'warning',
  about: 'generate is neither true nor false',
  help: 'Anything but true counts as false: the matches of the referenced rules stay hidden.',
  examples: {
    invalid: [{ rule: RULE('"true"'), marks: ['"true"'] }],
    valid: [RULE('true')],
  },
  check(document, report) {
    if (document.kind !== 'correlation') return;
    for (const found of [document.entry('generate'), document.entryBelow('correlation', 'generate')]) {
      if (found === undefined) continue;
      const { value } = found;
      if (value.kind !== 'scalar' || typeof value.value !== 'boolean')
        report(value.span, 'generate takes true or false, without quotes.');
    }
  },
};
