import { canonicalJson, type Json } from '../canonical-json.ts';
import { toHex } from '../encoding.ts';
import type { LedgerEntry } from '../ledger-entry.ts';
import type { Findings } from './check.ts';
import type { PackageContents, ReadExhibit } from './package-contents.ts';
import { ledgerEntries } from './seal-entry.ts';

type Facts = Readonly<Record<string, Json | undefined>>;
type Said = (exhibit: ReadExhibit, contents: PackageContents) => Facts;

/** What an item file says of each member of the entry's body. */
const SAID: Readonly<Record<string, Said>> = {
  'exhibit.register': ({ item }, contents) => ({
    ...identity(item, contents),
    modified: item.modified,
    providerDigest: item.providerDigest.result,
  }),
  'exhibit.derive': ({ item }, contents) => ({
    ...identity(item, contents),
    parent: item.derived?.parent,
    derivation: item.derived?.derivation,
  }),
  'exhibit.import': ({ item }) => ({
    ...digests(item),
    blocks: item.blocks as unknown as Json,
    format: item.reading.format,
    options: {
      zone: item.reading.zone ?? null,
      encoding: item.reading.encoding ?? null,
      linePrefix: item.reading.linePrefix ?? null,
      forced: item.reading.forced ?? false,
    },
    zoneBasis: item.reading.zoneBasis ?? 'not known',
  }),
};

/**
 * What the ledger recorded when an exhibit came in is what its item file says now. A member that an entry lacks is one that
 * its version did not record yet.
 */
export async function compareIntake(contents: PackageContents, findings: Findings): Promise<void> {
  for (const entry of await ledgerEntries(contents)) {
    const said = Object.hasOwn(SAID, entry.act) ? SAID[entry.act] : undefined;
    if (said === undefined) continue;
    for (const exhibit of entry.object.flatMap((id) => contents.exhibits.get(id) ?? [])) {
      compare(entry, exhibit, said(exhibit, contents), findings);
    }
  }
}

function compare(
  { act, body, seq }: LedgerEntry,
  exhibit: ReadExhibit,
  said: Facts,
  findings: Findings,
): void {
  const recorded = body as Facts;
  for (const [member, value] of Object.entries(said)) {
    const expected = recorded[member];
    if (expected === undefined || same(expected, value)) continue;
    findings.fail(
      'payload/digest',
      exhibit.itemPath,
      `${exhibit.item.exhibit} is not as ledger entry ${seq} (${act}) recorded it: ${member}`,
      { expected: text(expected), actual: value === undefined ? 'absent' : text(value) },
    );
    // One altered byte changes every digest: once is enough.
    return;
  }
}

function identity(item: ReadExhibit['item'], { host }: PackageContents): Facts {
  return {
    ...digests(item),
    acquiredAt: item.acquiredAt,
    name: toHex(host.sha256(host.text.encode(item.name.text))),
  };
}

function digests({ length, sha256, sha512 }: ReadExhibit['item']): Facts {
  return { sha256, sha512, length };
}

function same(a: Json, b: Json | undefined): boolean {
  return b !== undefined && canonicalJson(a) === canonicalJson(b);
}

function text(value: Json): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}
