import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { wordsOf } from '../../words.ts';

export const sigmahqFalsepositivesTypoWord: DocumentCheck = {
  id: 'sigmahq_falsepositives_typo_word',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'an entry of `falsepositives` holds a common misspelling',
  help: 'Whoever searches for `Legitimate` or `Unknown` does not find it.',
  options: { word_list: ['unkown', 'ligitimate', 'legitim', 'legitimeate'] },
  examples: {
    invalid: [{ rule: 'falsepositives:\n  - Ligitimate maintenance', marks: ['Ligitimate'] }],
    valid: ['falsepositives:\n  - Legitimate maintenance'],
  },
  check(document, report, context) {
    // pySigma's list has a blank behind a word that it looks for among words without blanks.
    const typos = context.option<readonly string[]>('word_list').map((word) => word.trim());
    for (const entry of document.textsOf('falsepositives')) {
      for (const { word, from, to } of wordsOf(entry.text))
        if (typos.includes(word.toLowerCase()))
          report(partSpan(document, entry, from, to), `${word} is misspelt.`);
    }
  },
};
