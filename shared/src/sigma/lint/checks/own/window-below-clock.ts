import type { WorkspaceCheck } from '../../check.ts';
import { referredRules } from '../../referred-rules.ts';
import { ruleIndex } from '../../rule-index.ts';
import { clockResolution } from '../../source-clock.ts';

const RULES = (timespan: string, service: string) =>
  `title: a\nname: a\nlogsource: {category: database, service: ${service}}\ndetection:\n    sel: {user: x}\n    condition: sel\n---\ntitle: x\ncorrelation:\n    type: event_count\n    rules: [a]\n    group-by: [user]\n    timespan: ${timespan}\n    condition: {gte: 5}\n`;

export const windowBelowClock: WorkspaceCheck = {
  id: 'window_below_clock',
  origin: 'own',
  severity: 'warning',
  about: 'the window of a correlation is not longer than one tick of the clock of its source',
  help: 'The source writes whole seconds: two events that are nearly two seconds apart can show one, and the order within a second is that of the file alone. Take a window of several ticks.',
  examples: {
    invalid: [{ rule: RULES('1s', 'server-audit'), marks: ['1s'] }],
    valid: [RULES('10s', 'server-audit'), RULES('1s', 'csvlog')],
  },
  checkAll(documents, report) {
    const index = ruleIndex(documents);
    for (const document of documents) {
      const timespan = document.entryBelow('correlation', 'timespan');
      if (document.rule.kind !== 'correlation' || timespan === undefined || document.rule.timespan === 0)
        continue;
      const ticks = referredRules(document, index).map(({ logsource }) => clockResolution(logsource) ?? 0);
      const tick = Math.max(0, ...ticks);
      if (document.rule.timespan <= tick)
        report(
          document,
          timespan.value.span,
          `The source's clock ticks every ${tick / 1e6} s; the window is not longer.`,
        );
    }
  },
};
