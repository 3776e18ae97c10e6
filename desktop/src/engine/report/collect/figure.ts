import type { Figure, FigureSource } from '@dbwitness/shared/reports/report-model.ts';

/** Makes figures of one source. */
export const figureBy =
  (by: FigureSource) =>
  (value: unknown): Figure => ({ value: Math.round(Number(value ?? 0)), by });

/** What the tool does itself, where no query or rule makes a number. */
export const PROCEDURES = [
  { id: 'intake', what: 'Length and digests of the bytes, as they were read once at intake.' },
  {
    id: 'ranges',
    what: 'Sums over the range table of each exhibit, which tiles its bytes without hole or overlap.',
  },
  {
    id: 'continuity',
    what: 'Running numbers of the records of a session or server, compared with those that must follow each other.',
  },
  {
    id: 'sessions',
    what: 'Records put together by source and session id, from arrival to logout; a new arrival under a returned id starts a new session.',
  },
  { id: 'triage', what: 'Findings counted by what the examiner judged of them.' },
] as const;

export const byIntake = figureBy('procedure:intake');
export const byRanges = figureBy('procedure:ranges');
export const byContinuity = figureBy('procedure:continuity');
export const bySessions = figureBy('procedure:sessions');
export const byTriage = figureBy('procedure:triage');
export const byExhibitQuery = figureBy('query:records-per-exhibit');
