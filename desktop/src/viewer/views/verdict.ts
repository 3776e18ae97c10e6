import { groupedFingerprint } from '@dbwitness/shared/evidence/key.ts';
import type { Verdict, VerificationResult } from '@dbwitness/shared/evidence/verify/verify-package.ts';
import { code, count, el, facts } from '../dom.ts';

const SAID: Readonly<Record<Verdict, readonly [title: string, meaning: string]>> = {
  verified: [
    'Verified',
    'Nothing in this package changed since it was sealed, and the signer is the one you expect.',
  ],
  failed: [
    'Altered',
    'This package is not what was sealed. The failed checks below say what is wrong and where.',
  ],
  'not-trusted': [
    'Intact, signer not confirmed',
    'Nothing changed since the seal, as far as could be checked here. Who sealed it is not established.',
  ],
  'not-a-package': [
    'Not a package',
    'This is no evidence package of DB Witness, or one of a version that this viewer does not know.',
  ],
};

/** The answer in plain words, and what it rests on. */
export function verdictView(
  result: VerificationResult,
  expected: { readonly given: boolean; readonly ed25519: boolean },
): HTMLElement {
  const [title, meaning] = SAID[result.verdict];
  return el(
    'section',
    { class: `verdict ${result.verdict}`, 'aria-labelledby': 'verdict' },
    el('h2', { id: 'verdict', tabindex: -1 }, title),
    el('p', { class: 'meaning' }, meaning),
    expected.ed25519
      ? undefined
      : el(
          'p',
          { class: 'caution' },
          'Signature not checked: this browser has no Ed25519. Use a newer browser, or dbwitness verify.',
        ),
    result.verdict === 'not-trusted' && !expected.given
      ? el('p', {}, 'Enter the fingerprint you got from the signer, or your trust file, and verify again.')
      : undefined,
    facts([
      ...result.signers.map((signer): [string, HTMLElement] => [
        signer.trusted ? 'Signed by' : 'Signed with',
        el(
          'span',
          {},
          signer.name === undefined ? undefined : `${signer.name} `,
          code(groupedFingerprint(signer.fingerprint)),
          el('br'),
          el('small', {}, signer.why),
        ),
      ]),
      ['Package digest', code(result.package === '' ? 'none' : result.package)],
      [
        'Read',
        `${count(result.counts.files ?? 0)} files, ${count(result.counts.bytes ?? 0)} bytes, ${count(result.counts.exhibits ?? 0)} exhibits, ${count(result.counts.records ?? 0)} cited records`,
      ],
      [
        'Checks',
        `${count(result.counts.pass ?? 0)} passed, ${count(result.counts.fail ?? 0)} failed, ${count(result.counts.warn ?? 0)} warnings, ${count(result.counts.notChecked ?? 0)} not checked`,
      ],
    ]),
  );
}
