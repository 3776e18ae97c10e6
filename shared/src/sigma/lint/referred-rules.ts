import type { DetectionRule } from '../rule.ts';
import type { LintDocument } from './lint-document.ts';
import { referencesOf } from './rule-index.ts';

/** The detection rules that a correlation is built on, through other correlations too. */
export function referredRules(
  document: LintDocument,
  index: ReadonlyMap<string, LintDocument>,
): readonly DetectionRule[] {
  const found = new Set<DetectionRule>();
  const seen = new Set<LintDocument>();
  const follow = (from: LintDocument) => {
    if (seen.has(from)) return;
    seen.add(from);
    if (from.rule.kind === 'detection') found.add(from.rule);
    else
      for (const { text } of referencesOf(from)) {
        const next = index.get(text);
        if (next !== undefined) follow(next);
      }
  };
  follow(document);
  return [...found];
}
