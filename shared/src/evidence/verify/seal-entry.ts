import { splitLedger } from '../ledger.ts';
import { type LedgerEntry, readEntry } from '../ledger-entry.ts';
import type { PackageContents } from './package-contents.ts';

const LEDGER = 'custody/ledger.jsonl';

/** The readable entries of the package's ledger, unchecked: what they say is compared with the rest of the package. */
export async function ledgerEntries(contents: PackageContents): Promise<readonly LedgerEntry[]> {
  const { lines } = splitLedger((await contents.text(LEDGER)) ?? '');
  return lines.map(readEntry).filter((entry) => entry !== undefined);
}

/** The seal: the last entry, if it is one. */
export async function sealEntry(
  contents: PackageContents,
): Promise<(LedgerEntry & { act: 'seal' }) | undefined> {
  const { lines } = splitLedger((await contents.text(LEDGER)) ?? '');
  const last = readEntry(lines.at(-1) ?? '');
  return last?.act === 'seal' ? last : undefined;
}
