import type { RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import type { Finding, FindingDetail } from '../../host/findings.ts';
import type { CaseStore } from '../case/case-store.ts';
import { explainFinding } from './explain.ts';

/** A finding with what its rule says of itself and why it fired, told of the first `most` cited events. */
export async function findingDetail(
  store: CaseStore,
  rules: RuleSet,
  finding: Finding,
  most: number,
  signal?: AbortSignal,
): Promise<Omit<FindingDetail, 'sql'>> {
  const rule = rules.rules.find((candidate) => candidate.key === finding.rule);
  return {
    ...finding,
    description: rule?.description ?? '',
    author: rule?.author ?? '',
    references: rule?.references ?? [],
    falsepositives: rule?.falsepositives ?? [],
    ruleText: rule?.text ?? '',
    why: await explainFinding(store, rules, rule, finding.events.slice(0, most), signal),
  };
}
