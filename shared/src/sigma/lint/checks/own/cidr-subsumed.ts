import { type Network, parseNetwork } from '../../../../estate/network.ts';
import type { DocumentCheck } from '../../check.ts';
import { withoutItem } from '../../text-edits.ts';

const RULE = (values: string) =>
  `title: x\ndetection:\n    sel:\n        client_ip|cidr: [${values}]\n    condition: sel\n`;

export const cidrSubsumed: DocumentCheck = {
  id: 'cidr_subsumed',
  origin: 'own',
  severity: 'info',
  about: 'an address range lies within another of the same list',
  help: 'The wider range finds its addresses already.',
  examples: {
    invalid: [
      {
        rule: RULE('10.1.0.0/16, 10.0.0.0/8'),
        marks: ['10.1.0.0/16'],
        fixed: RULE('10.0.0.0/8'),
      },
    ],
    valid: [RULE('10.0.0.0/8, 192.168.0.0/16, fe80::/10')],
  },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      if (!modifiers.includes('cidr') || modifiers.includes('all')) continue;
      const networks = values.map(({ value }) => parseNetwork(String(value)));
      for (const [i, inner] of networks.entries()) {
        const value = values[i];
        if (inner === undefined || value === undefined) continue;
        const outer = networks.find(
          (other, j) =>
            other !== undefined && i !== j && holds(other, inner) && (j < i || !holds(inner, other)),
        );
        if (outer !== undefined)
          report(value.span, `${inner.text} lies within ${outer.text}.`, {
            title: 'Remove it',
            edits: [withoutItem(document.text, value)],
            safe: true,
          });
      }
    }
  },
};

/** Of one address family only: a range of IPv6 holds no IPv4 address. */
function holds(outer: Network, inner: Network): boolean {
  return outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;
}
