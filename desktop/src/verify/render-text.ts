import { groupedFingerprint } from '@dbwitness/shared/evidence/key.ts';
import type { CheckResult } from '@dbwitness/shared/evidence/verify/check.ts';
import type { Verdict, VerificationResult } from '@dbwitness/shared/evidence/verify/verify-package.ts';
import { visible } from '@dbwitness/shared/text/problem.ts';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  verified: 'VERIFIED. Nothing changed since the seal, and the signer is one you accept.',
  failed: 'FAILED. This package is not what was sealed.',
  'not-trusted':
    'INTACT, BUT NOT TRUSTED. Nothing changed since the seal, but who signed it is not established.',
  'not-a-package': 'NOT A PACKAGE of DB Witness, or one of a profile that this version does not know.',
};

const MARKS = { pass: 'ok', fail: 'FAIL', warn: 'warn', 'not-checked': 'not checked' } as const;

/** A result for people: the verdict, what speaks against it, what was not checked and why, and what passed. */
export function renderText(result: VerificationResult): string {
  const of = (status: CheckResult['status']) => result.checks.filter((check) => check.status === status);
  const passed = of('pass').map(({ id }) => id);
  const lines = [
    VERDICTS[result.verdict],
    '',
    ...(result.package === '' ? [] : [`package  ${result.package}`]),
    ...result.signers.map(signerLine),
    `read     ${result.counts.files} files, ${result.counts.bytes} bytes, ${result.counts.exhibits} exhibits, ${result.counts.records} cited records`,
    '',
    ...of('fail').flatMap(findingLines),
    ...of('warn').flatMap(findingLines),
    ...grouped(of('not-checked')),
    ...(passed.length === 0 ? [] : ['', `passed   ${passed.length} checks: ${passed.join(', ')}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function signerLine({ fingerprint, name, trusted, why }: VerificationResult['signers'][number]): string {
  const who = name === undefined ? '' : `${visible(name)}, `;
  return `signer   ${who}${groupedFingerprint(visible(fingerprint))}\n         ${trusted ? 'accepted' : 'NOT accepted'}: ${visible(why)}`;
}

function findingLines({ id, status, target, detail, expected, actual }: CheckResult): readonly string[] {
  return [
    `${MARKS[status].padEnd(5)} ${id}  ${target}`,
    `      ${detail}`,
    ...(expected === undefined ? [] : [`      expected ${expected}`]),
    ...(actual === undefined ? [] : [`      found    ${actual}`]),
  ];
}

/** One line a reason: a folder has nothing of a zip to check, and that is worth one line, not nine. */
function grouped(checks: readonly CheckResult[]): readonly string[] {
  const reasons = new Map<string, string[]>();
  for (const { id, target, detail } of checks) {
    const ids = reasons.get(detail) ?? [];
    ids.push(target === '' ? id : `${id} (${target})`);
    reasons.set(detail, ids);
  }
  return [...reasons].flatMap(([reason, ids]) => [`not checked  ${ids.join(', ')}`, `      ${reason}`]);
}
