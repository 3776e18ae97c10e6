import { type Entry, entry, type YamlValue } from '../../text/yaml-value.ts';
import type { FilterRule, RuleHead } from '../rule.ts';
import { readDetectionSection } from './read-detection.ts';
import { readTexts, sigmaVersion } from './read-head.ts';
import { readLogSource } from './read-logsource.ts';
import type { Reporter } from './report.ts';

/** Reads the map below `filter` (SIGMA §8). */
export function readFilter(
  head: RuleHead,
  document: YamlValue,
  section: Entry,
  reporter: Reporter,
): FilterRule {
  const found = entry(section.value, 'rules');
  if (found === undefined)
    reporter.report('sigma/filter', section.keySpan, { what: 'rules: any, or ids of rules' });
  const listed = found === undefined ? [] : readTexts(found, reporter);
  const any = listed.length === 0 || (listed.length === 1 && listed[0] === 'any');
  return {
    ...head,
    kind: 'filter',
    logsource: readLogSource(document, reporter),
    rules: any ? 'any' : listed,
    ...readDetectionSection(
      section,
      { skip: ['rules'], version: sigmaVersion(document), reference: head.key },
      reporter,
    ),
  };
}
