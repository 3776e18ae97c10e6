import { splitLedger } from '../ledger.ts';
import { type LedgerEntry, readEntry } from '../ledger-entry.ts';
import type { PackageContents } from './package-contents.ts';

const LEDGER = 'custody/ledger.jsonl';

/** A ledger of a million lines is taken apart once, not once for every check. */
const taken = new WeakMap<PackageContents, Promise<readonly (LedgerEntry | undefined)[]>>();

function entriesOf(contents: PackageContents): Promise<readonly (LedgerEntry | undefined)[]> {
  const known = taken.get(contents);
  if (known !== undefined) return known;
  const entries = contents.text(LEDGER).then((text) => splitLedger(text ?? '').lines.map(readEntry));
  taken.set(contents, entries);
  return entries;
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
