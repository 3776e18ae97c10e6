import type { DocumentCheck } from '../../check.ts';

const WORD = /[\p{L}\p{N}_]+/gu;
const LATIN = /[\p{Script=Latin}]/u;
/** Scripts with letters that look like Latin ones. */
const ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;
const RULE = (value: string) =>
  `title: x\ndetection:\n    sel:\n        user: ${value}\n    condition: sel\n`;

export const homoglyph: DocumentCheck = {
  id: 'homoglyph',
  origin: 'own',
  severity: 'info',
  about: 'a word mixes Latin letters with letters of another script that look alike',
  help: 'Such a letter comes by copying, or by somebody who wants the rule not to match. Where the look-alike is what the rule searches, leave it.',
  examples: {
    invalid: [{ rule: RULE('\u0430dmin'), marks: ['\u0430dmin'] }],
    valid: [RULE('admin'), RULE('\u0430\u0434\u043c\u0438\u043d'), RULE('Zürich')],
  },
  check(document, report) {
    for (const { field, keySpan, values } of document.items) {
      for (const { text, span } of [
        { text: field ?? '', span: keySpan },
        ...values.map((scalar) => ({ text: scalar.source, span: scalar.span })),
      ]) {
        if (/^[\x00-\x7f]*$/.test(text)) continue;
        const word = text.match(WORD)?.find((one) => LATIN.test(one) && ALIKE.test(one));
        if (word !== undefined) report(span, `“${word}” mixes letters of two scripts that look alike.`);
      }
    }
  },
};
