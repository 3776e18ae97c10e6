import type { Handler } from '../handler.ts';
import { caseHandlers } from './cases.ts';
import { custodyHandlers } from './custody.ts';
import { eventHandlers } from './events.ts';
import { evidenceHandlers } from './evidence.ts';
import { findingHandlers } from './findings.ts';
import { gapHandlers } from './gaps.ts';
import { identityHandlers } from './identity.ts';
import { openPackageHandlers } from './open-package.ts';
import { reportHandlers } from './report.ts';
import { sessionHandlers } from './sessions.ts';
import { timelineHandlers } from './timeline.ts';

/** Every request that the engine answers. A new one: declare it in `host/`, answer it in the file of its family. */
export const HANDLERS: readonly Handler[] = [
  ...caseHandlers,
  ...evidenceHandlers,
  ...timelineHandlers,
  ...eventHandlers,
  ...findingHandlers,
  ...sessionHandlers,
  ...gapHandlers,
  ...custodyHandlers,
  ...identityHandlers,
  ...reportHandlers,
  ...openPackageHandlers,
];
