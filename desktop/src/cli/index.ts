import type { Command } from './command.ts';
import { convertCommand } from './commands/convert.ts';
import { detectCommand } from './commands/detect.ts';
import { eventsCommand } from './commands/events.ts';
import { fmtCommand } from './commands/fmt.ts';
import { gapsCommand } from './commands/gaps.ts';
import { identityCommand } from './commands/identity.ts';
import { importCommand } from './commands/import.ts';
import { lintCommand } from './commands/lint.ts';
import { matchCommand } from './commands/match.ts';
import { parseCommand } from './commands/parse.ts';
import { reportCommand } from './commands/report.ts';
import { sealCommand } from './commands/seal.ts';
import { serveCommand } from './commands/serve.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { tabletopCommand } from './commands/tabletop.ts';
import { testCommand } from './commands/test.ts';
import { timelineCommand } from './commands/timeline.ts';
import { verifyCommand } from './commands/verify.ts';

/** Every command, in the order of the help: along the way of a case. */
export const COMMANDS: readonly Command[] = [
  parseCommand,
  importCommand,
  eventsCommand,
  timelineCommand,
  sessionsCommand,
  gapsCommand,
  detectCommand,
  reportCommand,
  sealCommand,
  verifyCommand,
  serveCommand,
  identityCommand,
  tabletopCommand,
  lintCommand,
  fmtCommand,
  matchCommand,
  testCommand,
  convertCommand,
];
