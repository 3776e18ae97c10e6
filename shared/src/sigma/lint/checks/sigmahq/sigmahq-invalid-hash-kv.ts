import { parsePattern } from '../../../values/pattern.ts';
import type { DocumentCheck } from '../../check.ts';
import { isTextual } from '../../text-values.ts';

const DIGITS = new Map([
  ['MD5', 32],
  ['SHA1', 40],
  ['SHA256', 64],
  ['IMPHASH', 32],
]);

export const sigmahqInvalidHashKv: DocumentCheck = {
  id: 'sigmahq_invalid_hash_kv',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a value of `Hashes` is no pair of algorithm and digits',
  help: 'Sysmon writes `SHA256=…`. Known are MD5, SHA1, SHA256 and IMPHASH with their number of digits.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    Hashes|contains:
      - MD5=0123456789abcdef
      - 0123456789abcdef0123456789abcdef
  condition: selection`,
        marks: ['MD5=0123456789abcdef', '0123456789abcdef0123456789abcdef'],
      },
    ],
    valid: [
      `detection:
  selection:
    Hashes|contains: MD5=0123456789abcdef0123456789abcdef
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const item of document.items) {
      if (item.field !== 'Hashes' && item.field !== 'Hash') continue;
      const textual = isTextual(item);
      for (const { value, span, source } of item.values) {
        const parts = textual && typeof value === 'string' ? parsePattern(value) : undefined;
        if (parts?.every((part) => part.kind !== 'text' || isHash(part.text)) !== true)
          report(span, `${source} is no hash such as SHA256=… with all its digits.`);
      }
    }
  },
};

function isHash(text: string): boolean {
  const [algorithm = '', digits = '', ...more] = text.split('=');
  return more.length === 0 && DIGITS.get(algorithm) === digits.length && /^[a-fA-F0-9]+$/.test(digits);
}
