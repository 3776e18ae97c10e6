import type { DocumentCheck } from '../../check.ts';
import { headSpan } from '../../places.ts';

const DAY = 86_400_000;

export const sigmahqStatusToHigh: DocumentCheck = {
  id: 'sigmahq_status_to_high',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'a rule of the last weeks is called tested or stable',
  help: 'New rules are `experimental`, unless they come with regression tests (`regression_tests_path`).',
  options: { min_days: 60 },
  examples: {
    invalid: [{ rule: 'status: stable\ndate: 2026-11-01', marks: ['stable'] }],
    valid: ['status: experimental\ndate: 2026-11-01', 'status: stable\ndate: 2026-01-01'],
  },
  check(document, report, context) {
    const { date, status } = document.rule;
    if (date === undefined || (status !== 'test' && status !== 'stable')) return;
    const least = context.option<number>('min_days');
    const days = (Date.parse(context.today) - Date.parse(date)) / DAY;
    if (days <= least && document.entry('regression_tests_path') === undefined)
      report(
        document.textOf('status')?.span ?? headSpan(document),
        `The rule is younger than ${least} days, so it should be experimental.`,
      );
  },
};
