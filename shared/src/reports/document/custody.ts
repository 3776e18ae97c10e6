import type { CustodyEntry, Report } from '../report-model.ts';
import { type Block, type Inline, line, mono, quiet, type Section, table, utc } from './blocks.ts';

/** The whole ledger up to the report: who did what to which exhibit, when, where, why and by what authority. */
export function custodySection(report: Report): Section {
  const { custody } = report;
  const unsigned = custody.entries.filter((entry) => entry.signature === 'unsigned').length;
  const blocks: Block[] = [
    custody.intact
      ? {
          kind: 'notice',
          tone: 'good',
          text: [
            `The ledger is intact: ${custody.ledger.size} entries, each bound to the one before it by its hash.`,
          ],
        }
      : { kind: 'notice', tone: 'bad', text: ['The ledger is broken. ', custody.problems.join('; ')] },
  ];
  if (unsigned > 0)
    blocks.push({
      kind: 'notice',
      tone: 'warning',
      text: [`${unsigned} entries were written while no identity was unlocked and carry no signature.`],
    });
  blocks.push({
    kind: 'facts',
    facts: [
      ['Root', [mono(custody.ledger.root)]],
      ['Head', [mono(custody.ledger.head)]],
    ],
  });
  blocks.push(
    table(
      [
        { title: '', width: 5, align: 'right' },
        { title: 'Time', width: 25 },
        { title: 'Act', width: 37 },
        { title: 'By', width: 14 },
        { title: 'Hash', width: 19 },
      ],
      custody.entries.map((entry, at) => [
        [String(entry.seq)],
        [utc(entry.at)],
        [
          mono(entry.act),
          ...(entry.object.length === 0 ? [] : [` ${entry.object.join(', ')}`]),
          line,
          entry.summary,
          ...circumstances(entry, custody.entries[at - 1]),
        ],
        [
          entry.actor,
          line,
          quiet(`${entry.role === '' ? 'role not stated' : entry.role}, ${entry.signature}`),
        ],
        [mono(entry.hash.slice(0, 16)), line, quiet('after '), mono(entry.prev.slice(0, 8))],
      ]),
    ),
  );
  blocks.push({
    kind: 'paragraph',
    text: [
      quiet(
        'Place, purpose and authority stand where they change. Hashes are shortened here; custody/ledger.jsonl has them whole.',
      ),
    ],
  });
  return { id: 'custody', title: 'Chain of custody', blocks };
}

/** Place, purpose and authority, where they are other than those of the entry before: mostly they stand once. */
function circumstances(entry: CustodyEntry, before: CustodyEntry | undefined): Inline {
  const said = (['place', 'purpose', 'authority'] as const)
    .filter((name) => entry[name] !== '' && entry[name] !== before?.[name])
    .map((name) => `${name}: ${entry[name]}`);
  return said.length === 0 ? [] : [line, quiet(said.join('; '))];
}
