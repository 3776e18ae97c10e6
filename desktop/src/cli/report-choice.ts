import type { ReportChoice } from '../host/report.ts';
import type { Input, Option } from './command.ts';
import { zoneOption } from './option-values.ts';

export const REPORT_OPTIONS = {
  title: { type: 'string', value: 'TEXT', help: 'title of the report' },
  summary: { type: 'string', value: 'TEXT', help: 'summary, in your words' },
  conclusions: { type: 'string', value: 'TEXT', help: 'conclusions, in your words' },
  finding: {
    type: 'string',
    multiple: true,
    value: 'ID',
    help: 'a finding to report (default: all that are not benign)',
  },
  zone: { type: 'string', value: 'ZONE', help: 'zone in which the report shows times beside UTC' },
} as const satisfies Readonly<Record<string, Option>>;

export function reportChoice(input: Input): ReportChoice {
  return {
    title: input.text('title') ?? '',
    summary: input.text('summary') ?? '',
    conclusions: input.text('conclusions') ?? '',
    findings: [...input.all('finding')],
    zone: zoneOption(input, 'zone') ?? 'UTC',
  };
}
