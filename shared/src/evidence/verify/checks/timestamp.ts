import type { Check } from '../check.ts';

/** RFC 3161 tokens (EVIDENCE §10). Their place is kept; this version neither makes nor judges them. */
export const timestamp: Check = {
  ids: [
    'timestamp/authority',
    'timestamp/before-seal',
    'timestamp/certificate',
    'timestamp/imprint',
    'timestamp/late',
    'timestamp/nonce',
    'timestamp/usage',
  ],
  run(contents, findings) {
    const tokens = contents.paths('timestamps/', '.tsr');
    const reason =
      tokens.length === 0 ? 'the package holds no time stamp' : 'this version does not check time stamps';
    for (const id of this.ids) findings.skip(id, 'timestamps/', reason);
  },
};
