import type { Fact, Section } from './blocks.ts';

const TERMS: readonly Fact[] = [
  ['Exhibit', ['One acquired file, E001 and on; E001.1 was derived from E001.']],
  ['Source', ['The exhibits of one audit trail, for example rotated files of one server.']],
  ['Record', ['One entry of a log: a byte range of an exhibit. E001:41 is record 41 of E001.']],
  ['Block', ['A slice of 64 KiB of an exhibit; the tree of all blocks has one root.']],
  ['Finding', ['Records that met a rule, and what the examiner made of them.']],
  ['Rule', ['A question to the records, written in the Sigma language, with its text in data/rules/.']],
  ['Hole', ['Running numbers of records are missing: something was written and is not here.']],
  ['Not recorded', ['Auditing was off: nothing was written, whatever happened.']],
  ['Narrowed', ['Auditing was on, for less than before.']],
  ['Ledger', ['The signed list of acts on the evidence; each entry holds the hash of the one before.']],
  ['Seal', ['The ledger entry that closes a package.']],
  ['Checkpoint', ['A signed statement of the size and root of a tree.']],
  ['Proof', ['The hashes that tie one record to a checkpoint.']],
  ['Fingerprint', ['SHA-256 of a public key: the short name by which people compare it.']],
  [
    'Trust file',
    ['The reader’s own list of keys and the persons they belong to; never taken from a package.'],
  ],
];

export function glossarySection(): Section {
  return { id: 'glossary', title: 'Glossary', blocks: [{ kind: 'facts', facts: TERMS }] };
}
