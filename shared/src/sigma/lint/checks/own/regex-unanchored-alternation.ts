import type { DocumentCheck } from '../../check.ts';

const RULE = (value: string) =>
  `title: x\ndetection:\n    sel:\n        user|re: ${value}\n    condition: sel\n`;

export const regexUnanchoredAlternation: DocumentCheck = {
  id: 'regex_unanchored_alternation',
  origin: 'own',
  severity: 'info',
  about: 'an anchor of a regular expression holds for one alternative only',
  help: '^a|b$ is “begins with a” or “ends with b”. Where both ends are meant for all, write ^(a|b)$.',
  examples: {
    invalid: [{ rule: RULE("'^adm|root$'"), marks: ["'^adm|root$'"] }],
    valid: [RULE("'^(adm|root)$'"), RULE("'^adm|^root'"), RULE("'adm|root'"), RULE("'^[a|b]$'")],
  },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      if (!modifiers.includes('re')) continue;
      for (const { value, span } of values) {
        if (typeof value !== 'string' || !/[\^$]/.test(value) || !value.includes('|')) continue;
        const parts = alternatives(value);
        if (parts.length < 2) continue;
        const starts = parts.filter((part) => part.startsWith('^')).length;
        const ends = parts.filter((part) => /(?<!\\)\$$/.test(part)).length;
        const some = (count: number) => count > 0 && count < parts.length;
        if (some(starts) || some(ends)) report(span, 'An anchor here holds for one alternative only.');
      }
    }
  },
};

/** The alternatives outside of groups and classes. */
function alternatives(pattern: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === '\\') {
      parts.push(`${parts.pop()}${pattern.slice(i, i + 2)}`);
      i++;
      continue;
    }
    if (inClass) inClass = c !== ']';
    else if (c === '[') inClass = true;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === '|' && depth === 0) {
      parts.push('');
      continue;
    }
    parts.push(`${parts.pop()}${c}`);
  }
  return parts;
}
