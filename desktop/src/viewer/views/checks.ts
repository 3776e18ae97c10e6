import type { CheckResult } from '@dbwitness/shared/evidence/verify/check.ts';
import type { VerificationResult } from '@dbwitness/shared/evidence/verify/verify-package.ts';
import { code, el, growing, row, table } from '../dom.ts';

const GROUPS: readonly (readonly [status: CheckResult['status'], title: string, explanation: string])[] = [
  [
    'fail',
    'Failed',
    'Each of these alone means that the package is not what was sealed, or not by whom you expect.',
  ],
  ['warn', 'Warnings', 'These do not break the seal, but a careful reader should know of them.'],
  [
    'not-checked',
    'Not checked here',
    'A check that could not be made is not a check that passed. The reason stands beside each.',
  ],
  ['pass', 'Passed', ''],
];

/** Every check of the profile: what speaks against the package first. */
export function checksView(result: VerificationResult): HTMLElement {
  return el(
    'div',
    {},
    GROUPS.map(([status, title, explanation]) => {
      const checks = result.checks.filter((check) => check.status === status);
      if (checks.length === 0) return undefined;
      return el(
        'section',
        { class: `checks ${status}` },
        el('h3', {}, `${title} (${checks.length})`),
        explanation === '' ? undefined : el('p', {}, explanation),
        status === 'pass'
          ? passed(checks)
          : status === 'not-checked'
            ? byReason(title, checks)
            : listed(title, checks),
      );
    }),
  );
}

function passed(checks: readonly CheckResult[]): HTMLElement {
  return el(
    'ul',
    { class: 'passed' },
    checks.map((check) => el('li', {}, code(check.id))),
  );
}

/** One line a reason: a folder has nothing of a zip to check, and that is worth one line, not ten. */
function byReason(title: string, checks: readonly CheckResult[]): HTMLElement {
  const reasons = new Map<string, CheckResult[]>();
  for (const check of checks) reasons.set(check.detail, [...(reasons.get(check.detail) ?? []), check]);
  const rows = [...reasons].map(([reason, found]) =>
    row(
      reason,
      found.map(({ id, target }, at) => [
        at === 0 ? undefined : ', ',
        code(id),
        target === '' || found.length > 4 ? undefined : el('small', {}, ` ${target}`),
      ]),
    ),
  );
  return table(title, ['Why', 'Checks'], rows);
}

function listed(title: string, checks: readonly CheckResult[]): HTMLElement {
  return growing(
    checks,
    200,
    (check) =>
      row(
        code(check.id),
        check.target === '' ? el('small', {}, 'whole package') : code(check.target),
        el(
          'span',
          {},
          check.detail,
          check.expected === undefined
            ? undefined
            : [el('br'), el('small', {}, 'expected ', code(check.expected))],
          check.actual === undefined ? undefined : [el('br'), el('small', {}, 'found ', code(check.actual))],
        ),
      ),
    (rows) => grown(title, ['Check', 'Where', 'What'], rows),
  );
}

export function grown(
  title: string,
  heads: readonly string[],
  rows: readonly HTMLElement[],
): { readonly element: HTMLElement; readonly body: Element } {
  const element = table(title, heads, rows);
  return { element, body: element.querySelector('tbody') ?? element };
}
