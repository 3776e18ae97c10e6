import { prefixUsed } from '@dbwitness/shared/evidence/derivation.ts';
import type { ItemFile } from '@dbwitness/shared/evidence/item.ts';
import type { CheckResult } from '@dbwitness/shared/evidence/verify/check.ts';
import { code, count, el, facts } from '../dom.ts';
import type { PackageFiles } from '../package-files.ts';
import { bytesView } from './bytes.ts';

/** Every exhibit with its digests, what was declared of it, and its bytes. */
export function exhibitsView(files: PackageFiles, checks: readonly CheckResult[]): HTMLElement {
  if (files.items.size === 0) return el('p', {}, 'The package holds no exhibit that can be read.');
  return el(
    'div',
    {},
    [...files.items.values()].map((item) => exhibit(item, files, checks)),
  );
}

function exhibit(item: ItemFile, files: PackageFiles, checks: readonly CheckResult[]): HTMLElement {
  const wrong = checks.filter((check) => check.status === 'fail' && concerns(check, item));
  return el(
    'section',
    { class: 'exhibit' },
    el('h3', {}, `${item.exhibit} `, el('bdi', {}, item.name.text)),
    wrong.map((check) => el('p', { class: 'caution' }, `${check.id}: ${check.detail}`)),
    prefixNote(item, files),
    facts([
      ...(item.derived === undefined
        ? []
        : [['Derived', `from ${item.derived.parent} by ${item.derived.derivation}`] as const]),
      ['Length', `${count(item.length)} bytes`],
      ['SHA-256', code(item.sha256)],
      ['SHA-512', code(item.sha512)],
      [
        'Block tree',
        el('span', {}, `${count(item.blocks.size)} blocks of 64 KiB, root `, code(item.blocks.root)),
      ],
      ['Acquired', item.acquiredAt],
      ['Last modified', item.modified],
      [
        'Exported',
        `by ${item.declared.exportedBy}, ${item.declared.exportedAt}, place ${item.declared.place}`,
      ],
      ['System', `${item.declared.system}, version ${item.declared.version}, host ${item.declared.host}`],
      [
        "Provider's digest",
        item.providerDigest.result === 'none-given'
          ? 'none given'
          : `${item.providerDigest.result} (${item.providerDigest.given})`,
      ],
    ]),
    bytesView(files, item),
  );
}

/** What a reader has to know of an exhibit that is not all that its parent stood for. */
function prefixNote({ derived }: ItemFile, files: PackageFiles): HTMLElement | string {
  const used = derived && prefixUsed(derived.derivation);
  if (derived === undefined || used === undefined) return '';
  const cut = files.items.get(derived.parent)?.length === used;
  const note = cut
    ? `${derived.parent} breaks off at byte ${count(used)}, within its compressed data: what lay behind is not known.`
    : `The compressed data of ${derived.parent} ends at byte ${count(used)}, and other bytes follow: they were not read.`;
  return el('p', { class: 'caution' }, note);
}

function concerns(check: CheckResult, item: ItemFile): boolean {
  return [item.path ?? '', item.exhibit].some(
    (name) =>
      name !== '' &&
      (check.target === name ||
        check.target.startsWith(`${name} `) ||
        check.target.includes(`/${name}/`) ||
        check.target.includes(`/${name}.`)),
  );
}
