import type { DocumentCheck } from '../../check.ts';

/** Forms that only a real secret has, with what they are. Words such as password= alone are what rules search for. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, 'an access key of AWS'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b/g, 'a token of GitHub'],
  [/\bglpat-[A-Za-z0-9_-]{20}\b/g, 'a token of GitLab'],
  [/\bxox[baprs]-[A-Za-z0-9-]{20,}\b/g, 'a token of Slack'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g, 'a signed token'],
  [/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{32}/g, 'a private key'],
  [/\b[a-z][a-z0-9+]{2,15}:\/\/[^\s:/@*%]+:[^\s:/@*%]{6,}@[\w.-]+/g, 'an address with a password'],
];

const KEY = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');

export const literalSecret: DocumentCheck = {
  id: 'literal_secret',
  origin: 'own',
  severity: 'warning',
  about: 'the rule holds what looks like a key, token or password',
  help: 'Rules are shared, and matches show them. Take the secret out, and change it where it is used: it has been in a file.',
  examples: {
    invalid: [{ rule: `title: x\ndescription: Found with ${KEY} in it.`, marks: [KEY] }],
    valid: ['title: x\ndescription: Finds password= in statements, and AKIA* keys.'],
  },
  check(document, report) {
    const { text, root } = document;
    const own = text.slice(root.span.from, root.span.to);
    for (const [form, what] of SECRETS) {
      for (const match of own.matchAll(form)) {
        const from = root.span.from + match.index;
        report({ from, to: from + match[0].length }, `This looks like ${what}.`);
      }
    }
  },
};
