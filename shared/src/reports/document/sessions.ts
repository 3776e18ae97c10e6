import type { Report } from '../report-model.ts';
import { type Block, type Labels, line, mono, number, quiet, type Section, table, utc } from './blocks.ts';

/** Database sessions: how many, whose, and those that a finding touches. */
export function sessionsSection(report: Report, labels: Labels): Section {
  const { sessions } = report;
  const blocks: Block[] = [
    {
      kind: 'facts',
      facts: [
        ['Sessions', [number(sessions.total, labels)]],
        ['Torn', [number(sessions.torn, labels), ' ', quiet('came in and never logged out in these logs')]],
        ['Failed logins', [number(sessions.failedLogins, labels)]],
      ],
    },
  ];
  if (sessions.byUser.length > 0) {
    blocks.push(
      table(
        [
          { title: 'User', width: 30 },
          { title: 'Source', width: 28 },
          { title: 'Sessions', width: 14, align: 'right' },
          { title: 'Events', width: 14, align: 'right' },
          { title: 'Failures', width: 14, align: 'right' },
        ],
        sessions.byUser.map((group) => [
          [group.user],
          [group.source],
          [number(group.sessions, labels)],
          [number(group.events, labels)],
          [number(group.failures, labels)],
        ]),
      ),
    );
  }
  if (sessions.cited.length > 0) {
    blocks.push({ kind: 'paragraph', text: ['Sessions that hold a cited record:'] });
    blocks.push(
      table(
        [
          { title: 'Session', width: 24 },
          { title: 'User, database, client', width: 30 },
          { title: 'From and to', width: 26 },
          { title: 'Events', width: 10, align: 'right' },
          { title: 'Failures', width: 10, align: 'right' },
        ],
        sessions.cited.map((session) => [
          [
            mono(session.id),
            line,
            quiet(session.basis),
            ...(session.uncertain === undefined ? [] : [line, quiet(`uncertain: ${session.uncertain}`)]),
          ],
          [
            session.user,
            line,
            quiet(
              [session.database, session.client, session.application]
                .filter((part) => part !== '')
                .join(', '),
            ),
          ],
          [utc(session.from), line, utc(session.to), line, quiet(`${session.start}; ${session.end}`)],
          [number(session.events, labels)],
          [number(session.failures, labels)],
        ]),
      ),
    );
  }
  return { id: 'sessions', title: 'Sessions', blocks };
}
