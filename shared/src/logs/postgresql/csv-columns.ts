/** Positions of the columns of csvlog, in the order in which every version writes them (FORMATS.md 2). */
export const COLUMN = {
  logTime: 0,
  user: 1,
  database: 2,
  pid: 3,
  connectionFrom: 4,
  sessionId: 5,
  sessionLine: 6,
  commandTag: 7,
  sessionStart: 8,
  virtualTransaction: 9,
  transaction: 10,
  severity: 11,
  sqlstate: 12,
  message: 13,
  detail: 14,
  hint: 15,
  internalQuery: 16,
  internalPosition: 17,
  context: 18,
  query: 19,
  queryPosition: 20,
  location: 21,
  application: 22,
  backendType: 23,
  leaderPid: 24,
  queryId: 25,
} as const;

/** To 12, in 13, from 14. */
export const COLUMN_COUNTS: readonly number[] = [23, 24, 26];

/** Most columns of which positions are kept; what has more is no record anyway. */
export const MOST_COLUMNS = 32;
