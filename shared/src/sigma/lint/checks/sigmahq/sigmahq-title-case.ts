import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { fixBy } from '../../text-edits.ts';
import { wordsOf } from '../../words.ts';

export const sigmahqTitleCase: DocumentCheck = {
  id: 'sigmahq_title_case',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'a word of the title is in lower case',
  help: 'Titles are written in title case; short words, file names and words that start with a digit are left alone.',
  options: {
    word_list: [
      'a',
      'an',
      'and',
      'as',
      'at',
      'by',
      'for',
      'from',
      'in',
      'new',
      'of',
      'on',
      'or',
      'over',
      'the',
      'through',
      'to',
      'via',
      'with',
      'without',
    ],
  },
  examples: {
    invalid: [
      {
        rule: 'title: Audit switched Off',
        marks: ['switched'],
        fixed: 'title: Audit Switched Off',
      },
    ],
    valid: ['title: Audit of the Server Switched Off via cmd.exe'],
  },
  check(document, report, context) {
    const title = document.textOf('title');
    const small = context.option<readonly string[]>('word_list');
    for (const { word, from, to } of wordsOf(title?.text ?? '')) {
      const lower = word === word.toLowerCase() && word !== word.toUpperCase();
      if (title === undefined || !lower || small.includes(word) || /[./_]|^\d/.test(word)) continue;
      const at = partSpan(document, title, from, to);
      const capital = word.charAt(0).toUpperCase() + word.slice(1);
      const exact = document.text.slice(at.from, at.to) === word;
      report(
        at,
        `${word} should start with a capital.`,
        exact && capital !== word ? fixBy('Start with a capital', { span: at, text: capital }) : undefined,
      );
    }
  },
};
