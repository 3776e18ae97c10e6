import type { DocumentCheck } from '../../check.ts';

const PRIVATE =
  /(?<![\d.])(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2})(?![\d.])/;
const RULE = (address: string) =>
  `title: x\ndetection:\n    sel:\n        client_ip: ${address}\n    condition: sel\n`;

export const environmentLiteral: DocumentCheck = {
  id: 'environment_literal',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'a value is an address of one private network',
  help: 'The rule will not work elsewhere, and it tells about your network when it is shared. Use a placeholder with expand, and define it in the estate file.',
  examples: {
    invalid: [{ rule: RULE('10.20.30.40'), marks: ['10.20.30.40'] }],
    valid: [RULE('203.0.113.7'), RULE('10.0.0.0/8').replace('client_ip', 'client_ip|cidr')],
  },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      if (modifiers.includes('cidr')) continue;
      for (const { value, span } of values) {
        if (typeof value === 'string' && PRIVATE.test(value))
          report(span, `${value} is an address of one private network.`);
      }
    }
  },
};
