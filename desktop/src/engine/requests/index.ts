import type { Handler } from '../handler.ts';
import { caseHandlers } from './cases.ts';
import { eventHandlers } from './events.ts';
import { evidenceHandlers } from './evidence.ts';
import { FINDING_REQUESTS } from './findings.ts';
import { SESSION_REQUESTS } from './sessions.ts';
import { timelineHandlers } from './timeline.ts';

/** Every request that the engine answers. A new one: declare it in `host/`, answer it in the file of its family. */
export const HANDLERS: readonly Handler[] = [
  ...caseHandlers,
  ...evidenceHandlers,
  ...timelineHandlers,
  ...eventHandlers,
  ...FINDING_REQUESTS,
  ...SESSION_REQUESTS,
];
