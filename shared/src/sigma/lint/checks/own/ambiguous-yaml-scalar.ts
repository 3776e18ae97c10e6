import type { YamlScalar } from '../../../../text/yaml-value.ts';
import { canonicalText } from '../../../values/scalar.ts';
import type { DocumentCheck } from '../../check.ts';

const RULE = (value: string) =>
  `title: x\ndetection:\n    sel:\n        state: ${value}\n    condition: sel\n`;

/** What YAML 1.1 types otherwise than 1.2 (SIGMA Y3), with what it makes of it. */
const DIFFERENT: readonly (readonly [RegExp, string])[] = [
  [/^(yes|no|on|off)$/i, 'true or false'],
  [/^[-+]?0[0-7_]+$/, 'an octal number'],
  [/^[-+]?0\d+$/, 'text'],
  [/^0o[0-7]+$/, 'text'],
  [/^[-+]?0b[01_]+$/, 'a binary number'],
  [/^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/, 'a number to the base 60'],
  [/^[-+]?\d+_[\d_]*(\.[\d_]*)?$/, 'a number'],
  [/^[-+]?\d+(\.\d*)?[eE]\d+$/, 'text'],
  [/^[-+]?\d+[eE][-+]\d+$/, 'text'],
  [/^\d{4}-\d\d?-\d\d?([Tt ].*)?$/, 'a date'],
];

export const ambiguousYamlScalar: DocumentCheck = {
  id: 'ambiguous_yaml_scalar',
  origin: 'own',
  severity: 'warning',
  about: 'a value is of another type for readers of YAML 1.1',
  help: 'The specification means YAML 1.2; pySigma and others read 1.1, where yes is true, 010 is 8 and 12:30 is 750 (SIGMA Y3). Quote texts, and write numbers plainly.',
  examples: {
    invalid: [
      { rule: RULE('yes'), marks: ['yes'], fixed: RULE("'yes'") },
      { rule: RULE('010'), marks: ['010'], fixed: RULE('10') },
      { rule: RULE('12:30:45'), marks: ['12:30:45'], fixed: RULE("'12:30:45'") },
      { rule: RULE('1e3'), marks: ['1e3'], fixed: RULE('1000') },
    ],
    valid: [RULE("'yes'"), RULE('10'), RULE('true'), RULE('1.5'), RULE('10.0.0.1')],
  },
  check(document, report) {
    for (const { values } of document.items) {
      for (const scalar of values) {
        const other = scalar.plain ? readAs(scalar) : undefined;
        if (other === undefined || scalar.value === null) continue;
        const put = typeof scalar.value === 'string' ? `'${scalar.source}'` : canonicalText(scalar.value);
        report(scalar.span, `Readers of YAML 1.1 take ${scalar.source} as ${other}.`, {
          title: `Write ${put}`,
          edits: [{ span: scalar.span, text: put }],
          safe: true,
        });
      }
    }
  },
};

function readAs({ source }: YamlScalar): string | undefined {
  if (source.length > 40 || !/^[-+\dyYnNoO]/.test(source)) return undefined;
  return DIFFERENT.find(([form]) => form.test(source))?.[1];
}
