import type { DocumentCheck } from '../../check.ts';

const RULE = (key: string) => `title: x\ndetection:\n    sel:\n        ${key}: a\n    condition: sel\n`;

export const nonStringFieldName: DocumentCheck = {
  id: 'non_string_field_name',
  origin: 'own',
  severity: 'warning',
  about: 'the name of a field or search is a number, true, false or null for YAML',
  help: 'It is taken as it is written here, but pySigma fails on it. Quote it.',
  examples: {
    invalid: [
      { rule: RULE('4711'), marks: ['4711'], fixed: RULE("'4711'") },
      { rule: RULE('on'), marks: ['on'], fixed: RULE("'on'") },
    ],
    valid: [RULE("'4711'"), RULE('user'), RULE('3com.port')],
  },
  check(document, report) {
    for (const { keySpan, value } of document.searches) {
      look(keySpan);
      for (const map of value.kind === 'list' ? value.items : [value]) {
        if (map.kind === 'map') for (const inner of map.entries) look(inner.keySpan);
      }
    }

    function look(span: { readonly from: number; readonly to: number }): void {
      const written = document.text.slice(span.from, span.to);
      if (!/^([-+]?[\d._]+|0[xo][\da-f]+|true|false|null|~|yes|no|on|off)$/i.test(written)) return;
      report(span, `${written} is no text for YAML.`, {
        title: 'Quote it',
        edits: [{ span, text: `'${written}'` }],
        safe: true,
      });
    }
  },
};
