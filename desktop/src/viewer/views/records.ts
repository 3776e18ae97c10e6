import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import type { RecordProof } from '@dbwitness/shared/evidence/record-proof.ts';
import type { CheckResult } from '@dbwitness/shared/evidence/verify/check.ts';
import { visible } from '@dbwitness/shared/text/problem.ts';
import { browserHost } from '../browser-host.ts';
import { code, el, facts, fill, growing } from '../dom.ts';
import type { PackageFiles } from '../package-files.ts';
import { hexDump } from './bytes.ts';

const SHOWN_BYTES = 65_536;

/** The records that the report cites: their bytes as text and in hexadecimal, and how each is proved. */
export async function recordsView(files: PackageFiles, checks: readonly CheckResult[]): Promise<HTMLElement> {
  const proofs = await files.proofs();
  if (proofs.length === 0) return el('p', {}, 'The report cites no record.');
  return el(
    'div',
    {},
    el(
      'p',
      {},
      'Each cited record is a range of bytes of an exhibit. Its proof leads from the 64 KiB blocks that cover it to the root that was signed.',
    ),
    growing(
      proofs,
      100,
      ({ path, proof }) =>
        proof === undefined
          ? el('p', { class: 'caution' }, `${path} is not a proof.`)
          : record(path, proof, files, checks),
      (made) => {
        const element = el('div', { class: 'records' }, made);
        return { element, body: element };
      },
    ),
  );
}

function record(
  path: string,
  proof: RecordProof,
  files: PackageFiles,
  checks: readonly CheckResult[],
): HTMLElement {
  const stem = path.replace(/\.json$/, '');
  const wrong = checks.filter(
    (check) => check.status === 'fail' && (check.target === path || check.target.startsWith(`${stem}.`)),
  );
  const open = checks.some((check) => check.status === 'not-checked' && check.id === 'proof/invalid');
  const [said, tone] =
    wrong.length > 0 ? ['proof fails', 'bad'] : open ? ['proof not checked', 'open'] : ['proof holds', 'ok'];
  const out = el('div', {});
  const details = el(
    'details',
    { class: wrong.length === 0 ? 'record' : 'record wrong' },
    el(
      'summary',
      {},
      code(`${proof.exhibit}:${proof.index}`),
      ` bytes ${proof.from} to ${proof.to} `,
      el('span', { class: tone }, said),
    ),
    out,
  );
  details.addEventListener('toggle', () => {
    if ((details as HTMLDetailsElement).open && out.childElementCount === 0) void show();
  });
  const show = async (): Promise<void> => {
    const bytes = await files.bytes(proof.exhibit, proof.from, Math.min(proof.to, proof.from + SHOWN_BYTES));
    if (bytes === undefined) return fill(out, el('p', {}, 'The bytes of this record cannot be had here.'));
    const text =
      browserHost.text.utf8(bytes, 0, bytes.length) ?? browserHost.text.latin1(bytes, 0, bytes.length);
    const pre = el('pre', { class: 'raw', tabindex: 0, 'aria-label': 'Record as text' });
    // Line ends inside a record are part of what it looks like; everything else that controls becomes a mark.
    for (const line of text.split('\n')) pre.append(`${visible(line)}\n`);
    fill(
      out,
      wrong.map((check) => el('p', { class: 'caution' }, `${check.id}: ${check.detail}`)),
      pre,
      el('details', {}, el('summary', {}, 'Hexadecimal'), hexDump(bytes, proof.from)),
      facts([
        [
          'SHA-256',
          el(
            'span',
            {},
            code(proof.sha256),
            bytes.length === proof.to - proof.from && toHex(browserHost.sha256(bytes)) === proof.sha256
              ? el('small', {}, ' as found here')
              : undefined,
          ),
        ],
        ['Blocks', proof.blocks.join(', ')],
        ['Proof files', proof.blocks.map((block) => `${stem}.${block}.tlog-proof`).join(', ')],
      ]),
    );
  };
  return details;
}
