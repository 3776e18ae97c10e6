import type { RangeRun } from '@dbwitness/shared/evidence/ranges.ts';
import type { NonRecord } from '@dbwitness/shared/logs/piece.ts';
import type { ReadAccount } from './exhibit-reader.ts';

/** Joins the accounts of an exhibit's segments, in order, to that of the whole. */
export class AccountJoin {
  readonly #runs: RangeRun[] = [];
  readonly #unread: NonRecord[] = [];
  #whole: ReadAccount | undefined;

  add(account: ReadAccount): void {
    const whole = this.#whole;
    const records = whole?.records ?? 0;
    for (const run of account.runs)
      this.#addRun(run.k === 'records' ? { ...run, first: run.first + records } : run);
    for (const piece of account.unread) this.#addUnread(piece);
    const first = least(Math.min, whole?.first, account.first);
    const last = least(Math.max, whole?.last, account.last);
    const product = whole?.product ?? account.product;
    const server = whole?.server ?? account.server;
    const timeBasis = whole?.timeBasis ?? account.timeBasis;
    this.#whole = {
      records: records + account.records,
      ...(first === undefined ? {} : { first }),
      ...(last === undefined ? {} : { last }),
      ...(product === undefined ? {} : { product }),
      ...(server === undefined ? {} : { server }),
      ...(timeBasis === undefined ? {} : { timeBasis }),
      runs: this.#runs,
      unread: this.#unread,
      // A segment's reader knows what those before it have noticed.
      problems: account.problems,
    };
  }

  get whole(): ReadAccount | undefined {
    return this.#whole;
  }

  #addRun(run: RangeRun): void {
    const last = this.#runs.at(-1);
    if (last === undefined || last.to !== run.from || last.k !== run.k) this.#runs.push(run);
    else if (last.k === 'records' && run.k === 'records')
      this.#runs[this.#runs.length - 1] = { ...last, to: run.to, count: last.count + run.count };
    else if (last.k !== 'records' && run.k !== 'records' && last.code === run.code)
      this.#runs[this.#runs.length - 1] = { ...last, to: run.to };
    else this.#runs.push(run);
  }

  #addUnread(piece: NonRecord): void {
    const last = this.#unread.at(-1);
    if (last !== undefined && last.to === piece.from && last.kind === piece.kind && last.code === piece.code)
      this.#unread[this.#unread.length - 1] = { ...last, to: piece.to };
    else this.#unread.push(piece);
  }
}

function least(of: (a: number, b: number) => number, a: number | undefined, b: number | undefined) {
  return a === undefined || b === undefined ? (a ?? b) : of(a, b);
}
