import {
  type SessionFilter,
  type SessionSummary,
  sessionFilterSchema,
  sessionsList,
} from '../../host/sessions.ts';
import type { Command } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine } from '../open-engine.ts';
import { oneOf, wholeNumber } from '../option-values.ts';
import { iso, table } from '../terminal.ts';

const PAGE = 1000;
const { only: ONLY, sort: SORT } = sessionFilterSchema.shape;

export const sessionsCommand: Command = {
  name: 'sessions',
  summary:
    'Database sessions rebuilt from the logs: who, from where, how long, how they ended, what is missing.',
  usage: 'CASE',
  arity: [1, 1],
  options: {
    user: { type: 'string', value: 'NAME', help: 'only sessions of this user' },
    only: { type: 'string', value: 'KIND', help: `${ONLY.unwrap().options.join(', ')} (default all)` },
    sort: { type: 'string', value: 'KEY', help: `${SORT.unwrap().options.join(', ')} (default from)` },
    limit: { type: 'string', value: 'N', help: 'show at most so many (default 50; with --json all)' },
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness sessions cases/incident-7 --only "with holes"',
    'dbwitness sessions cases/incident-7 --user dba --json',
  ],
  async run(input, terminal) {
    const [folder = ''] = input.positionals;
    const user = input.text('user');
    const filter: SessionFilter = {
      only: oneOf(input, 'only', ONLY.unwrap().options) ?? 'all',
      sort: oneOf(input, 'sort', SORT.unwrap().options) ?? 'from',
      ...(user === undefined ? {} : { user }),
    };
    const most = wholeNumber(input, 'limit', { least: 1 }) ?? (terminal.json ? Number.POSITIVE_INFINITY : 50);
    const engine = await openEngine(input, folder);
    try {
      await openCase(engine, folder);
      const sessions: SessionSummary[] = [];
      let total = 0;
      do {
        const limit = Math.min(PAGE, most - sessions.length);
        const page = await engine.request(
          sessionsList,
          { filter, offset: sessions.length, limit },
          { signal: terminal.signal, onProgress: terminal.progress },
        );
        total = page.total;
        if (page.sessions.length === 0) break;
        sessions.push(...page.sessions);
      } while (sessions.length < total && sessions.length < most);
      terminal.value({ total, sessions });
      terminal.line(
        table(
          [
            ['from (UTC)', 'user', 'database', 'client', 'events', 'failures', 'holes', 'findings', 'end'],
            ...sessions.map(row),
          ],
          'llllrrrrl',
        ),
      );
      if (sessions.length < total)
        terminal.line(`${sessions.length} of ${total} sessions shown; --limit shows more.`);
      return 0;
    } finally {
      await engine.close();
    }
  },
};

function row(session: SessionSummary): readonly string[] {
  return [
    iso(session.from),
    session.user ?? '–',
    session.database ?? '–',
    session.client ?? '–',
    String(session.events),
    String(session.failures),
    String(session.holes),
    String(session.findings),
    session.end,
  ];
}
