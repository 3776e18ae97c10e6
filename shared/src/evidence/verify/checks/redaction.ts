import type { Check } from '../check.ts';

/** Redacted packages (EVIDENCE §13). Their place is kept; this version neither makes nor judges them. */
export const redaction: Check = {
  ids: ['redaction/commitment', 'redaction/count'],
  run(contents, findings) {
    const redacted = contents.has('data/redactions.json');
    const reason = redacted ? 'this version does not check redactions' : 'the package holds no redaction';
    for (const id of this.ids) findings.skip(id, 'data/redactions.json', reason);
  },
};
