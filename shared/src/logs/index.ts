import { csvlog } from './csvlog/format.ts';
import { jsonlog } from './jsonlog/format.ts';
import type { LogFormat } from './log-format.ts';
import { serverAudit } from './server-audit/format.ts';
import { stderr } from './stderr/format.ts';

/** Every log format that can be read. Adding one: its folder, its line here. */
export const LOG_FORMATS: readonly LogFormat[] = [csvlog, jsonlog, stderr, serverAudit];
