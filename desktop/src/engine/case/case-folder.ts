import { join } from 'node:path';

/** Where everything of a case stands. One folder, mode 0700; nothing of a case is outside it. */
export interface CaseFolder {
  readonly root: string;
  /** Header: id, name, purpose, authority, … */
  readonly header: string;
  /** Who has the case open. */
  readonly lock: string;
  /** Imported bytes: `vault/E001/<sha256>`, mode 0444, never written again. */
  readonly vault: string;
  /** What is known of the exhibits: items, range tables, block leaves. */
  readonly index: string;
  readonly custody: string;
  /** Derived from vault and index; may be deleted, is made again. */
  readonly events: string;
  /** The next `events`, until it takes its place. */
  readonly nextEvents: string;
  /** Tags, notes, triage: beside the events, which are never updated. */
  readonly notes: string;
  readonly estate: string;
  readonly sources: string;
  /** Sealed packages. */
  readonly packages: string;
  readonly temp: string;
  /** Exhibits that are being imported, one folder each; whole and named in the ledger, or rubbish. */
  readonly incoming: string;
}

export function caseFolder(root: string): CaseFolder {
  return {
    root,
    header: join(root, 'case.json'),
    lock: join(root, 'lock'),
    vault: join(root, 'vault'),
    index: join(root, 'index'),
    custody: join(root, 'custody'),
    events: join(root, 'events.duckdb'),
    nextEvents: join(root, 'events.next.duckdb'),
    notes: join(root, 'notes.duckdb'),
    estate: join(root, 'estate.yml'),
    sources: join(root, 'index', 'sources.json'),
    packages: join(root, 'packages'),
    temp: join(root, 'temp'),
    incoming: join(root, 'incoming'),
  };
}

/** The files of one exhibit under the case's index. */
export interface ExhibitFiles {
  readonly item: string;
  /** Range table of EVIDENCE §4: maximal runs that tile the exhibit. */
  readonly ranges: string;
  /** Ranges that are no records, with line and reason: what the evidence screen lists. */
  readonly unread: string;
  /** Block leaf hashes, 32 bytes each. */
  readonly leaves: string;
}

export function exhibitFiles(folder: string, exhibit: string): ExhibitFiles {
  return {
    item: join(folder, `${exhibit}.item.json`),
    ranges: join(folder, `${exhibit}.ranges.jsonl`),
    unread: join(folder, `${exhibit}.unread.jsonl`),
    leaves: join(folder, `${exhibit}.leaves`),
  };
}
