import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import { readPublicKeyPem } from '@dbwitness/shared/evidence/key.ts';
import { keyRing, readLedger, splitLedger } from '@dbwitness/shared/evidence/ledger.ts';
import { HASH_BYTES } from '@dbwitness/shared/evidence/merkle.ts';
import { MAX_LEDGER_LINES } from '@dbwitness/shared/evidence/verify/seal-entry.ts';
import { browserHost } from '../browser-host.ts';
import { code, el, growing, row } from '../dom.ts';
import type { PackageFiles } from '../package-files.ts';
import { grown } from './checks.ts';

/** The ledger entry by entry, read and checked anew. */
export async function ledgerView(files: PackageFiles): Promise<HTMLElement> {
  const text = await files.text('custody/ledger.jsonl');
  if (text === undefined) return el('p', {}, 'The package holds no ledger that can be read.');
  const keys: Uint8Array[] = [];
  for (const path of files.paths('custody/keys/', '.pem')) {
    const key = readPublicKeyPem((await files.text(path)) ?? '');
    if (key !== undefined) keys.push(key);
  }
  const { lines } = splitLedger(text);
  if (lines.length > MAX_LEDGER_LINES)
    return el('p', {}, 'The ledger has more lines than any case has acts.');
  const first =
    lines.length === 0 ? undefined : (JSON.parse(lines[0] ?? '{}') as { readonly case?: unknown });
  const reading = await readLedger(browserHost, browserHost.verify, lines, {
    caseId: String(first?.case ?? ''),
    keys: keyRing(browserHost.sha256, keys),
  });
  const problems = new Map(reading.problems.map((problem) => [problem.seq, problem.detail]));
  return el(
    'div',
    {},
    el(
      'p',
      {},
      'Every act on the evidence, in order. Each entry holds the hash of the one before; signatures are checked against the keys in the package, which says nothing yet of whose they are.',
    ),
    growing(
      lines.map((line, seq) => ({ line, seq })),
      500,
      ({ line, seq }) => {
        const entry = reading.entries[seq];
        const hash = toHex(reading.hashes.subarray(seq * HASH_BYTES, (seq + 1) * HASH_BYTES));
        const problem = problems.get(seq);
        if (entry === undefined)
          return row(String(seq), '', 'not an entry', '', '', code(hash.slice(0, 16)), raw(line));
        return row(
          String(entry.seq),
          entry.at.replace('T', ' ').replace('Z', ' UTC'),
          el(
            'span',
            {},
            code(entry.act),
            entry.object.length === 0
              ? undefined
              : ` ${entry.object.slice(0, 6).join(', ')}${entry.object.length > 6 ? ` and ${entry.object.length - 6} more` : ''}`,
            problem === undefined ? undefined : el('p', { class: 'caution' }, problem),
          ),
          el('span', {}, entry.actor.name, el('br'), el('small', {}, entry.actor.role)),
          reading.signatures[seq] ?? '',
          code(hash.slice(0, 16)),
          raw(line),
        );
      },
      (rows) =>
        grown('Custody ledger', ['No.', 'Time', 'Act', 'By', 'Signature', 'Hash', 'As written'], rows),
    ),
  );
}

function raw(line: string): HTMLElement {
  return el('details', {}, el('summary', {}, 'Entry'), el('pre', { class: 'raw' }, line));
}
