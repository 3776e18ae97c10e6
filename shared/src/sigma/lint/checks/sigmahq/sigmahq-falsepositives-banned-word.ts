import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { wordsOf } from '../../words.ts';

export const sigmahqFalsepositivesBannedWord: DocumentCheck = {
  id: 'sigmahq_falsepositives_banned_word',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'an entry of `falsepositives` holds a word that helps nobody',
  help: 'There are always some, so say `Unknown` rather than `None`; a penetration test is no false positive.',
  options: { word_list: ['none', 'pentest', 'penetration'] },
  examples: {
    invalid: [{ rule: 'falsepositives:\n  - None', marks: ['None'] }],
    valid: ['falsepositives:\n  - Unknown'],
  },
  check(document, report, context) {
    const banned = context.option<readonly string[]>('word_list');
    for (const entry of document.textsOf('falsepositives')) {
      for (const { word, from, to } of wordsOf(entry.text))
        if (banned.includes(word.toLowerCase()))
          report(partSpan(document, entry, from, to), `${word} says nothing about false positives.`);
    }
  },
};
