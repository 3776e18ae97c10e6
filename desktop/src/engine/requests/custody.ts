import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import type { SignatureState } from '@dbwitness/shared/evidence/ledger.ts';
import { entryHash, type LedgerEntry, readEntry } from '@dbwitness/shared/evidence/ledger-entry.ts';
import { custodyList, custodyTransfer, custodyVerify, type LedgerRow } from '../../host/custody.ts';
import { nodePrimitives } from '../../verify/node-host.ts';
import { summarise } from '../custody/entry-summary.ts';
import type { LedgerFile } from '../custody/ledger-file.ts';
import { EngineError } from '../engine-error.ts';
import { handler } from '../handler.ts';

export const custodyHandlers = [
  handler(custodyList, async (context, { act, object, offset, limit }) => {
    const rows = (await ledgerRows(context.open().ledger))
      .filter((row) => act === undefined || row.act === act || row.act.startsWith(`${act}.`))
      .filter((row) => object === undefined || row.object.includes(object));
    return { total: rows.length, rows: rows.slice(offset, offset + limit) };
  }),

  handler(custodyVerify, async (context) => {
    const { ledger } = context.open();
    const { problems } = await ledger.verify();
    const { size, root } = ledger.head;
    return {
      size,
      root,
      head: ledger.lastHash,
      intact: problems.every(({ id }) => id === 'ledger/unsigned' || id === 'ledger/clock-backwards'),
      problems: problems.map(({ id, seq, detail }) => ({
        id,
        detail,
        ...(seq === undefined ? {} : { seq }),
      })),
    };
  }),

  handler(custodyTransfer, async (context, { act, object, from, to, condition, ...circumstances }) => {
    const { ledger, store } = context.open();
    for (const id of object) store.exhibit(id);
    const result = 'declared';
    if (act === 'custody.transfer')
      await ledger.append(act, { from, to, condition, result }, object, circumstances);
    else if (act === 'custody.checkout')
      await ledger.append(act, { to, condition, result }, object, circumstances);
    else await ledger.append(act, { from, condition, result }, object, circumstances);
    const written = (await ledgerRows(ledger)).at(-1);
    if (written === undefined) throw new EngineError('ledger/empty', 'The ledger holds no entry.');
    return written;
  }),
] as const;

/** Every entry of the ledger as people see it, oldest first. */
export async function ledgerRows(ledger: LedgerFile): Promise<readonly LedgerRow[]> {
  const { lines, signatures } = await ledger.verify();
  return lines.map((line, seq): LedgerRow => {
    const hash = toHex(entryHash(nodePrimitives, line));
    const entry = readEntry(line);
    if (entry === undefined) return unreadable(seq, hash, line);
    return {
      ...shown(entry),
      hash,
      signature: stateOf(signatures[seq]),
    };
  });
}

/** A key that the case does not know cannot vouch for an entry: to a reader it is invalid. */
function stateOf(state: SignatureState | undefined): LedgerRow['signature'] {
  return state === 'valid' || state === 'unsigned' || state === 'adopted' ? state : 'invalid';
}

function shown(entry: LedgerEntry): Omit<LedgerRow, 'hash' | 'signature'> {
  return {
    seq: entry.seq,
    at: entry.at,
    act: entry.act,
    actor: entry.actor.name,
    role: entry.actor.role,
    object: entry.object,
    purpose: entry.purpose,
    authority: entry.authority,
    place: entry.place,
    prev: entry.prev,
    summary: summarise(entry),
    body: JSON.stringify(entry.body, undefined, 2),
  };
}

function unreadable(seq: number, hash: string, line: string): LedgerRow {
  return {
    seq,
    hash,
    at: '',
    act: '',
    actor: '',
    role: '',
    object: [],
    purpose: '',
    authority: '',
    place: '',
    prev: '',
    signature: 'invalid',
    summary: 'This line is no ledger entry.',
    body: line,
  };
}
