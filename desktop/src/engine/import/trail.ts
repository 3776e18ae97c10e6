import type { CaseStore } from '../case/case-store.ts';
import type { StoredExhibit } from '../case/stored-exhibit.ts';
import type { ReadAccount } from './exhibit-reader.ts';
import type { Intake } from './intake.ts';
import { formatNamed } from './reader-parts.ts';

/** The source of an exhibit, and what a person has to know of it. */
export interface TrailPlace {
  readonly source: string;
  readonly problems: StoredExhibit['problems'];
}

/** Common time up to which two files follow each other: a server that changes its format writes both for a moment. */
const HAND_OVER = 60e6;

/**
 * Puts an intake into one audit trail: what one server of one product wrote into one folder, unless a person named it. A server
 * that writes two formats at the same time tells of each event in both: nobody having named a source, they become two.
 */
export function placeInTrail(store: CaseStore, intake: Intake): TrailPlace {
  const { account, spec, request } = intake;
  const named = request.source ?? sourceOf(intake);
  if (account === undefined || spec === undefined) return { source: named, problems: [] };
  const format = formatNamed(spec.format);
  const twins = store.exhibits.filter(
    (exhibit) =>
      exhibit.source === named &&
      exhibit.format !== undefined &&
      exhibit.format !== format.id &&
      commonTime(exhibit, account) > HAND_OVER,
  );
  const apart = `${named} ${format.id}`;
  // What was told apart once stays apart: the next file of that format goes where the one before went.
  const split = twins.length > 0 || store.exhibits.some(({ source }) => source === apart);
  const source = request.source ?? (split ? apart : named);
  const kept =
    source === named
      ? 'Both are of one source as named'
      : 'So that sessions and gaps stay apart, they are two sources';
  return {
    source,
    problems: twins.map((twin) => ({
      code: 'intake/overlapping-formats',
      severity: 'warning',
      message: `${twinSentence(twin, account)} ${kept}; counts and rules see an event of that time once for each format that tells of it. Filter by exhibit to count it once.`,
    })),
  };
}

/** What an exhibit and the file at hand both tell of. */
function twinSentence(twin: StoredExhibit, account: ReadAccount): string {
  const { from, to } = sharedStretch(twin, account) ?? { from: 0, to: 0 };
  const title = twin.formatTitle ?? twin.format;
  return `${twin.id} (${twin.name}, ${title}, ${twin.records} records) is of the same server in another format, and it and this file (${account.records} records) both tell of the time from ${stamp(from)} to ${stamp(to)}.`;
}

function sourceOf({ name, account, spec }: Intake): string {
  const product = account?.product ?? (spec === undefined ? undefined : formatNamed(spec.format).product);
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : undefined;
  const place = account?.server ?? folder;
  return [place, product ?? 'unread'].filter((part) => part !== undefined).join(' ');
}

/** Microseconds that two files have in common; 0 or less where they have none. */
function commonTime(a: Extent, b: Extent): number {
  const shared = sharedStretch(a, b);
  return shared === undefined ? 0 : shared.to - shared.from;
}

/** From the later of the first records to the earlier of the last; ends before it begins where they have nothing in common. */
function sharedStretch(a: Extent, b: Extent): { readonly from: number; readonly to: number } | undefined {
  if (a.first === undefined || a.last === undefined || b.first === undefined || b.last === undefined)
    return undefined;
  return { from: Math.max(a.first, b.first), to: Math.min(a.last, b.last) };
}

/** A time of the server's clock, to the second. */
function stamp(micros: number): string {
  return `${new Date(micros / 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

interface Extent {
  readonly first?: number;
  readonly last?: number;
}
