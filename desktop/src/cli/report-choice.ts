import type { Input, Option } from './command.ts';

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

export function reportChoice(input: Input) {
  const texts = ['title', 'summary', 'conclusions', 'zone'].flatMap((name) => {
    const value = input.text(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(texts), findings: [...input.all('finding')] };
}
