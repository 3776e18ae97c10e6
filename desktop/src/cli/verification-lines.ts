import type { Verification } from '../host/report.ts';

/** A verification in words: the verdict, what failed, what was not checked, who signed. */
export function verificationLines(verification: Verification): readonly string[] {
  const { checks, signers, verdict } = verification;
  const of = (status: string) => checks.filter((check) => check.status === status);
  return [
    verdict,
    `${of('pass').length} checks passed, ${of('fail').length} failed, ${of('warn').length} warnings, ${of('not-checked').length} not checked.`,
    ...of('fail').map((check) => `FAILED  ${check.id}  ${check.target}: ${check.detail}${difference(check)}`),
    ...of('warn').map((check) => `warning  ${check.id}  ${check.target}: ${check.detail}`),
    ...of('not-checked').map((check) => `not checked  ${check.id}: ${check.detail}`),
    ...signers.map(
      ({ fingerprint, name, trusted, why }) =>
        `Signer ${name ?? ''} ${fingerprint}: ${trusted ? 'trusted' : 'not trusted'}: ${why}`,
    ),
  ];
}

function difference({ expected, actual }: Verification['checks'][number]): string {
  return expected === undefined ? '' : ` (expected ${expected}, found ${actual ?? 'nothing'})`;
}
