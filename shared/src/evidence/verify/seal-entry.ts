import { splitLedger } from '../ledger.ts';
import { type LedgerEntry, readEntry } from '../ledger-entry.ts';
import type { PackageContents } from './package-contents.ts';

const LEDGER = 'custody/ledger.jsonl';

/**
 * Entries of 450 bytes, and a signed one has more, fill what is read of one file with fewer lines: nobody should wait for what is
 * no ledger, or lend its lines memory.
 */
export const MAX_LEDGER_LINES = 300_000;

/** The ledger taken apart. */
export interface LedgerLines {
  readonly lines: readonly string[];
  readonly entries: readonly (LedgerEntry | undefined)[];
  readonly torn: string;
}

/** It is taken apart once, not once for every check. */
const taken = new WeakMap<PackageContents, Promise<LedgerLines | 'too long' | undefined>>();

/** Lines and entries of the package's ledger; `too long` beyond `MAX_LEDGER_LINES`, undefined where it is not there or not UTF-8. */
export function ledgerLines(contents: PackageContents): Promise<LedgerLines | 'too long' | undefined> {
  const known = taken.get(contents);
  if (known !== undefined) return known;
  const read = contents.text(LEDGER).then((text) => (text === undefined ? undefined : apart(text)));
  taken.set(contents, read);
  return read;
}

function apart(text: string): LedgerLines | 'too long' {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
    if (++count > MAX_LEDGER_LINES) return 'too long';
  const { lines, torn } = splitLedger(text);
  return { lines, torn, entries: lines.map(readEntry) };
}

async function entriesOf(contents: PackageContents): Promise<readonly (LedgerEntry | undefined)[]> {
  const read = await ledgerLines(contents);
  return read === undefined || read === 'too long' ? [] : read.entries;
}

/** The readable entries of the package's ledger, unchecked: what they say is compared with the rest of the package. */
export async function ledgerEntries(contents: PackageContents): Promise<readonly LedgerEntry[]> {
  return (await entriesOf(contents)).filter((entry) => entry !== undefined);
}

/** The seal: the last entry, if it is one. */
export async function sealEntry(
  contents: PackageContents,
): Promise<(LedgerEntry & { act: 'seal' }) | undefined> {
  const last = (await entriesOf(contents)).at(-1);
  return last?.act === 'seal' ? last : undefined;
}
