import type { DocumentCheck } from '../../check.ts';
import { tagsOf } from '../../tags.ts';

const NAMESPACES = new Set(['attack', 'car', 'cve', 'd3fend', 'detection', 'stp', 'tlp']);

export const namespaceTag: DocumentCheck = {
  id: 'namespace_tag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a tag has a namespace that Sigma does not define',
  help: 'Defined are attack, car, cve, d3fend, detection, stp and tlp. Where your team has its own, turn this check off.',
  examples: {
    invalid: [{ rule: 'tags: [atack.t1078]', marks: ['atack.t1078'] }],
    valid: ['tags: [attack.t1078, tlp.clear, cve.2021-44228]'],
  },
  check(document, report) {
    for (const { namespace, span } of tagsOf(document))
      if (!NAMESPACES.has(namespace)) report(span, `Sigma defines no namespace ${namespace}.`);
  },
};
