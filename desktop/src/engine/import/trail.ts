import type { CaseStore } from '../case/case-store.ts';
import type { StoredExhibit } from '../case/stored-exhibit.ts';
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
  const twin = store.exhibits.find(
    (exhibit) =>
      exhibit.source === named &&
      exhibit.format !== undefined &&
      exhibit.format !== format.id &&
      commonTime(exhibit, account) > HAND_OVER,
  );
  const apart = `${named} ${format.id}`;
  // What was told apart once stays apart: the next file of that format goes where the one before went.
  const split = twin !== undefined || store.exhibits.some(({ source }) => source === apart);
  const source = request.source ?? (split ? apart : named);
  if (twin === undefined) return { source, problems: [] };
  const both = `${twin.id} (${twin.name}, ${twin.formatTitle ?? twin.format}) is of the same server and time in another format`;
  const kept =
    source === named
      ? 'Both are of one source as named'
      : 'So that sessions and gaps stay apart, they are two sources';
  return {
    source,
    problems: [
      {
        code: 'intake/overlapping-formats',
        severity: 'warning',
        message: `${both}. ${kept}; counts and rules see an event once for each format that tells of it.`,
      },
    ],
  };
}

function sourceOf({ name, account, spec }: Intake): string {
  const product = account?.product ?? (spec === undefined ? undefined : formatNamed(spec.format).product);
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : undefined;
  const place = account?.server ?? folder;
  return [place, product ?? 'unread'].filter((part) => part !== undefined).join(' ');
}

/** Microseconds that two files have in common; 0 or less where they have none. */
function commonTime(a: Extent, b: Extent): number {
  if (a.first === undefined || a.last === undefined || b.first === undefined || b.last === undefined)
    return 0;
  return Math.min(a.last, b.last) - Math.max(a.first, b.first);
}

interface Extent {
  readonly first?: number;
  readonly last?: number;
}
