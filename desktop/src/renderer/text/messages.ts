import { CASES } from './cases.ts';
import { CUSTODY } from './custody.ts';
import { EVENTS } from './events.ts';
import { EVIDENCE } from './evidence.ts';
import { FINDINGS } from './findings.ts';
import { REPORT } from './report.ts';
import { SESSIONS } from './sessions.ts';
import { SHELL } from './shell.ts';

/** Every text of the workbench that is not data, by key. */
export const MESSAGES = {
  ...SHELL,
  ...CASES,
  ...EVIDENCE,
  ...EVENTS,
  ...SESSIONS,
  ...FINDINGS,
  ...CUSTODY,
  ...REPORT,
} as const;
