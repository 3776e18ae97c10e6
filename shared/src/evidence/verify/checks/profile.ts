import { ALGORITHMS, BAGIT_TXT, manifestPath, tagManifestPath } from '../../bag.ts';
import type { Check, Findings } from '../check.ts';
import type { PackageContents } from '../package-contents.ts';

/** What every package must have (EVIDENCE §8); `signatures/` has a check of its own. */
const ELEMENTS = [
  'bagit.txt',
  'bag-info.txt',
  ...ALGORITHMS.flatMap((algorithm) => [manifestPath(algorithm), tagManifestPath(algorithm)]),
  'custody/ledger.jsonl',
  'custody/ledger.checkpoint',
  'data/report/report.json',
  'VERIFY.md',
];

/** Files that stand outside the manifests, because they are made after them. */
const UNLISTED = [
  /^signatures\/(statement\.json|statement\.pae|[0-9a-f]{16}\.dsse\.json|[0-9a-f]{16}\.sig)$/,
  /^timestamps\/([0-9a-f]{16}\.(tsq|tsr|chain\.pem)|[0-9a-f]{16}\.revocation\/[^/]+)$/,
];

/** The package is a BagIt 1.0 bag as this profile narrows it. */
export const profile: Check = {
  ids: [
    'profile/bagit-txt',
    'profile/fetch-present',
    'profile/missing-element',
    'profile/oxum',
    'profile/unexpected-entry',
  ],
  async run(contents, findings) {
    const declaration = await contents.text('bagit.txt');
    if (contents.has('bagit.txt') && declaration !== BAGIT_TXT) {
      findings.fail(
        'profile/bagit-txt',
        'bagit.txt',
        'not the declaration of BagIt 1.0 in UTF-8, byte for byte',
      );
    }
    if (contents.has('fetch.txt'))
      findings.fail('profile/fetch-present', 'fetch.txt', 'a package holds all its files itself');
    elements(contents, findings);
    oxum(contents, findings);
    unexpected(contents, findings);
  },
};

function elements(contents: PackageContents, findings: Findings): void {
  const listed = (path: string) =>
    [...contents.manifests.values(), ...contents.tagManifests.values()].some(({ lines }) => lines.has(path));
  // What a manifest lists and is not there is reported as missing; here is what nothing even lists.
  for (const path of [...ELEMENTS, ...exhibitElements(contents)]) {
    if (!contents.has(path) && !listed(path))
      findings.fail('profile/missing-element', path, 'the profile asks for it');
  }
  const described = new Set(Array.from(contents.exhibits.values(), ({ itemPath }) => itemPath));
  for (const path of contents.paths('data/index/', '.item.json')) {
    if (!described.has(path))
      findings.fail(
        'profile/missing-element',
        path,
        'not an item file, or of another exhibit than its name says',
      );
  }
  if (contents.has('bag-info.txt') && !contents.bagInfo.inOrder) {
    findings.fail(
      'profile/missing-element',
      'bag-info.txt',
      'not the six labels of the profile in their order',
    );
  }
}

/** What belongs to an exhibit: to each that is described, and a description to each that is there. */
function exhibitElements(contents: PackageContents): readonly string[] {
  const described = [...contents.exhibits.values()].flatMap(({ item }) => [
    `data/index/${item.exhibit}.leaves`,
    `data/index/${item.exhibit}.ranges.jsonl`,
    `custody/checkpoints/${item.exhibit}.blocks`,
    ...(item.path === undefined ? [] : [item.path]),
  ]);
  const present = contents
    .paths('data/original/', '')
    .map((path) => `data/index/${path.split('/')[2] ?? ''}.item.json`);
  return [...new Set([...described, ...present])];
}

function oxum(contents: PackageContents, findings: Findings): void {
  const stated = contents.bagInfo.values.get('Payload-Oxum');
  const payload = [...contents.files].filter(([path]) => path.startsWith('data/'));
  if (stated === undefined) findings.skip('profile/oxum', 'bag-info.txt', 'no Payload-Oxum is stated');
  else if (contents.unreadable.size > 0)
    findings.skip('profile/oxum', 'bag-info.txt', 'not every file could be read');
  else {
    const actual = `${payload.reduce((sum, [, { length }]) => sum + length, 0)}.${payload.length}`;
    if (actual !== stated) {
      findings.fail('profile/oxum', 'bag-info.txt', 'bytes and number of payload files differ', {
        expected: stated,
        actual,
      });
    }
  }
}

function unexpected({ reader, files, signatures }: PackageContents, findings: Findings): void {
  // Every folder above a file, once: a hostile package may hold very many of both.
  const filled = new Set<string>();
  for (const path of files.keys()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      filled.add(path.slice(0, at));
  }
  const signers = new Set(signatures.map((file) => file.fp16));
  for (const { path, kind } of reader.entries) {
    if (kind === 'folder' && !filled.has(path)) {
      findings.fail('profile/unexpected-entry', path, 'a folder without files: no manifest can list it');
    }
    if (
      kind === 'file' &&
      /^(signatures|timestamps)\//.test(path) &&
      !UNLISTED.some((known) => known.test(path))
    ) {
      findings.fail(
        'profile/unexpected-entry',
        path,
        'no file of the profile, in a folder that no manifest covers',
      );
    } else if (kind === 'file' && isStray(path, signers)) {
      findings.fail('profile/unexpected-entry', path, 'belongs to none of the signatures');
    }
  }
}

/** Whether a file of one signature stands there without it: no manifest and no companion check would look at it. */
function isStray(path: string, signers: ReadonlySet<string>): boolean {
  const [, signer] = /^(?:signatures|timestamps)\/([0-9a-f]{16})\./.exec(path) ?? [];
  return signer !== undefined && signers.size > 0 && !signers.has(signer);
}
