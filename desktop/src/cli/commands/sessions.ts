import { type SessionSummary, sessionFilterSchema, sessionsList } from '../../host/sessions.ts';
import type { Command } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine } from '../open-engine.ts';
import { iso, table } from '../terminal.ts';

const PAGE = 1000;

export const sessionsCommand: Command = {
  name: 'sessions',
  summary:
    'Database sessions rebuilt from the logs: who, from where, how long, how they ended, what is missing.',
  usage: 'CASE',
  arity: [1, 1],
  options: {
    user: { type: 'string', value: 'NAME', help: 'only sessions of this user' },
    only: { type: 'string', value: 'KIND', help: 'all, with findings, with holes, failed logins, torn' },
    sort: { type: 'string', value: 'KEY', help: 'from, events, failures, findings, length' },
    limit: { type: 'string', value: 'N', help: 'show at most so many (default 50; with --json all)' },
    ...CASE_OPTIONS,
  },
  examples: [
    'dbwitness sessions cases/incident-7 --only torn',
    'dbwitness sessions cases/incident-7 --user dba --json',
  ],
  async run(input, terminal) {
    const [folder = ''] = input.positionals;
    const given = { user: input.text('user'), only: input.text('only'), sort: input.text('sort') };
    const filter = sessionFilterSchema.parse(
      Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    );
    const most = Number(input.text('limit') ?? (terminal.json ? Number.POSITIVE_INFINITY : 50));
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
          { signal: terminal.signal },
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
