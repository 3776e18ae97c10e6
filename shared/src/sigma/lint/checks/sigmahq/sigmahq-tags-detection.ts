import type { DocumentCheck } from '../../check.ts';
import { headSpan } from '../../places.ts';
import { tagsIn } from '../../tags.ts';

export const sigmahqTagsDetection: DocumentCheck = {
  id: 'sigmahq_tags_detection',
  origin: 'sigmahq',
  severity: 'info',
  about: 'a rule in a folder of its kind lacks the tag of that kind',
  help: 'Rules below `rules-dfir`, `rules-emerging-threats` and `rules-threat-hunting` have the tag `detection.dfir` and so on.',
  options: { Folder_tag: ['dfir', 'emerging-threats', 'threat-hunting'] },
  examples: {
    invalid: [{ rule: { 'rules-threat-hunting/db_long_query.yml': 'title: One' }, marks: ['One'] }],
    valid: [{ 'rules-threat-hunting/db_long_query.yml': 'title: One\ntags: [detection.threat-hunting]' }],
  },
  check(document, report, context) {
    for (const kind of context.option<readonly string[]>('Folder_tag')) {
      if (!document.file.includes(`rules-${kind}`)) continue;
      if (!tagsIn(document, 'detection').some(({ name }) => name === kind))
        report(headSpan(document), `Rules in this folder have the tag detection.${kind}.`);
      return;
    }
  },
};
