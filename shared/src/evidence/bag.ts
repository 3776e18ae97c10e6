import { byPath } from './path-name.ts';

/** BagIt 1.0 (RFC 8493) as our profile narrows it (EVIDENCE §8). */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
export const PROFILE = '1';
export const ALGORITHMS = ['sha256', 'sha512'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export const manifestPath = (algorithm: Algorithm): string => `manifest-${algorithm}.txt`;
export const tagManifestPath = (algorithm: Algorithm): string => `tagmanifest-${algorithm}.txt`;
const DIGITS: Readonly<Record<Algorithm, number>> = { sha256: 64, sha512: 128 };

/** The digest of one file, in lower-case hex. */
export interface ManifestLine {
  readonly path: string;
  readonly digest: string;
}

/** Text of a manifest: `<hex>  <path>` in byte order of path, as `sha256sum -c` reads it. */
export function manifestText(lines: readonly ManifestLine[]): string {
  return [...lines]
    .sort((a, b) => byPath(a.path, b.path))
    .map(({ path, digest }) => `${digest}  ${path}\n`)
    .join('');
}

/** What is wrong with a manifest text, with its line from 1. */
export interface ManifestProblem {
  readonly kind: 'syntax' | 'duplicate';
  readonly line: number;
  readonly detail: string;
}

/**
 * Parses a manifest. Whatever can be read is read, upper-case digests included, so that the files of a manifest with one bad
 * line are still checked.
 */
export function readManifest(
  text: string,
  algorithm: Algorithm,
): { readonly lines: ReadonlyMap<string, string>; readonly problems: readonly ManifestProblem[] } {
  const lines = new Map<string, string>();
  const problems: ManifestProblem[] = [];
  if (text !== '' && !text.endsWith('\n'))
    problems.push({ kind: 'syntax', line: 0, detail: 'the last line has no end' });
  let before = '';
  text
    .replace(/\n$/, '')
    .split('\n')
    .forEach((content, i) => {
      const line = i + 1;
      const [, digest, path] = /^([0-9A-Fa-f]+) [ *](.+)$/.exec(content) ?? [];
      if (digest === undefined || path === undefined || digest.length !== DIGITS[algorithm]) {
        if (text !== '')
          problems.push({
            kind: 'syntax',
            line,
            detail: `line ${line} is not a digest, two spaces and a path`,
          });
        return;
      }
      if (!/^[0-9a-f]+ {2}/.test(content)) {
        problems.push({
          kind: 'syntax',
          line,
          detail: `line ${line} has upper-case digits or another separator`,
        });
      }
      if (lines.has(path))
        problems.push({ kind: 'duplicate', line, detail: `line ${line} names ${path} again` });
      else if (byPath(before, path) > 0)
        problems.push({ kind: 'syntax', line, detail: `line ${line} is out of order` });
      lines.set(path, digest.toLowerCase());
      before = path;
    });
  return { lines, problems };
}

/** Members of `bag-info.txt`, in their fixed order. */
export interface BagInfo {
  readonly organisation: string;
  readonly caseId: string;
  readonly packageId: string;
  /** Date of the seal, `YYYY-MM-DD`. */
  readonly date: string;
  /** Bytes and number of the payload files. */
  readonly payload: { readonly bytes: number; readonly files: number };
}

const LABELS = [
  'Source-Organization',
  'External-Identifier',
  'Internal-Sender-Identifier',
  'Bagging-Date',
  'Payload-Oxum',
  'DB-Witness-Profile',
];

/** Text of `bag-info.txt`. Line ends in the organisation become spaces: a value is one line. */
export function bagInfoText(info: BagInfo): string {
  const values = [
    info.organisation.replace(/\s+/g, ' ').trim() || 'not stated',
    info.caseId,
    info.packageId,
    info.date,
    `${info.payload.bytes}.${info.payload.files}`,
    PROFILE,
  ];
  return LABELS.map((label, i) => `${label}: ${values[i]}\n`).join('');
}

/** The labelled values of a `bag-info.txt`, first of each label, and whether the labels are ours in our order. */
export function readBagInfo(text: string): {
  readonly values: ReadonlyMap<string, string>;
  readonly inOrder: boolean;
} {
  const pairs = text.split('\n').flatMap((line) => {
    const [, label, value] = /^([A-Za-z0-9-]+): (.*)$/.exec(line) ?? [];
    return label === undefined || value === undefined ? [] : [[label, value] as const];
  });
  const inOrder = text.endsWith('\n') && pairs.map(([label]) => label).join() === LABELS.join();
  return { values: new Map([...pairs].reverse()), inOrder };
}
