import type { DocumentCheck } from '../../check.ts';
import { tagsOf } from '../../tags.ts';
import { fixBy } from '../../text-edits.ts';

const FORM = /^[a-z0-9\-_]+\.[a-z0-9\-_.]+$/;

export const tagFormat: DocumentCheck = {
  id: 'tag_format',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a tag holds a character that tags do not have',
  help: 'Tags are lower case letters, digits, `-` and `_`, with dots behind the namespace.',
  examples: {
    invalid: [
      { rule: 'tags: [attack.T1078]', marks: ['attack.T1078'], fixed: 'tags: [attack.t1078]' },
      { rule: 'tags: [attack.initial access]', marks: ['attack.initial access'] },
    ],
    valid: ['tags: [attack.t1078.001, cve.2021-44228, d3fend.d3f-File]'],
  },
  check(document, report) {
    for (const { text, span, namespace } of tagsOf(document)) {
      // Artefacts of D3FEND keep their case (specification, appendix tags).
      if (FORM.test(text) || (namespace === 'd3fend' && FORM.test(text.toLowerCase()))) continue;
      const lower = text.toLowerCase();
      report(
        span,
        `The tag ${text} holds a character that tags do not have.`,
        FORM.test(lower) ? fixBy('Write it in lower case', { span: span, text: lower }) : undefined,
      );
    }
  },
};
