import type { WorkspaceCheck } from '../../check.ts';
import { referencesOf, ruleIndex } from '../../rule-index.ts';
import { sigmaVersion } from '../../sigma-version.ts';

const RULES = (version: string) => ({
  'a.yml': `title: a\nname: base\n${version}detection:\n    sel: {user: x}\n    condition: sel\n`,
  'b.yml': `title: b\nsigma-version: 3\ncorrelation:\n    type: event_count\n    rules: [base]\n    group-by: [user]\n    timespan: 5m\n    condition: {gte: 5}\n`,
});

export const sigmaVersionMismatch: WorkspaceCheck = {
  id: 'sigma_version_mismatch',
  origin: 'others',
  severity: 'warning',
  about: 'a correlation or filter and a rule that it refers to are of different Sigma versions',
  help: 'What the referring rule means depends on how the referred one is read. Give both the same sigma-version.',
  examples: { invalid: [{ rule: RULES(''), marks: ['base'] }], valid: [RULES('sigma-version: 3\n')] },
  checkAll(documents, report) {
    const index = ruleIndex(documents);
    for (const document of documents) {
      for (const reference of referencesOf(document)) {
        const referred = index.get(reference.text);
        if (referred === undefined) continue;
        const [own, other] = [sigmaVersion(document), sigmaVersion(referred)];
        if (own !== other && !Number.isNaN(own) && !Number.isNaN(other))
          report(
            document,
            reference.span,
            `“${referred.rule.title}” is of Sigma ${other}, this of Sigma ${own}.`,
          );
      }
    }
  },
};
