import type { DocumentCheck } from '../../check.ts';
import { withoutEntry } from '../../text-edits.ts';

const RULE = (window: string) =>
  `title: x\ncorrelation:\n    type: event_count\n    rules: [a]\n    group-by: [user]\n    timespan: 5m\n${window}    gap: 1m\n    condition: {gte: 5}\n`;

export const gapWithoutSession: DocumentCheck = {
  id: 'gap_without_session',
  origin: 'others',
  severity: 'warning',
  about: 'a correlation has a gap but no session window',
  help: 'Only session windows end after a silence; elsewhere the gap has no effect (SIGMA K13).',
  examples: {
    invalid: [{ rule: RULE(''), marks: ['gap'], fixed: RULE('').replace('    gap: 1m\n', '') }],
    valid: [RULE('    window: session\n')],
  },
  check(document, report) {
    const gap = document.entryBelow('correlation', 'gap');
    const window = document.entryBelow('correlation', 'window')?.value;
    if (gap === undefined || (window?.kind === 'scalar' && window.value === 'session')) return;
    report(gap.keySpan, 'The gap has no effect without window: session.', {
      title: 'Remove the gap',
      edits: [withoutEntry(document.text, gap)],
      safe: true,
    });
  },
};
