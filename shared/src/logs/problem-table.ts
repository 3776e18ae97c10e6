import type { ProblemTable } from '../text/problem.ts';

/**
 * Everything that a log reader has to tell a person. Codes of byte ranges (`NonRecord`) and of whole files alike;
 * the part before the slash is the format, or `log` and `time` for what all share.
 */
export const LOG_PROBLEMS = {
  'log/blank-line': {
    severity: 'info',
    message: 'Blank line.',
    help: 'Carries no event. It is counted so that every byte of the file is accounted for.',
  },
  'log/byte-order-mark': {
    severity: 'info',
    message: 'UTF-8 byte order mark.',
    help: 'Database servers do not write one: an editor or an export tool did, so the file is not the original.',
  },
  'log/too-long': {
    severity: 'warning',
    message: 'Longer than the limit of {limit} bytes for one record; kept as unread bytes.',
    help: 'The limit keeps memory bounded. Raise it if the record is genuine; the bytes are in the exhibit either way.',
  },
  'log/encoding': {
    severity: 'info',
    message: '{count} records are not valid UTF-8 and were read as {encoding}.',
    help: 'Servers write each session in the encoding of its database, so one file may mix encodings. Declare the encoding of the databases if names look wrong.',
  },
  'time/zone-assumed': {
    severity: 'warning',
    message: 'The {count} time stamps carry no zone; they were taken as UTC.',
    help: 'State the zone of the server when importing, or the timeline may be hours off.',
  },
  'time/zone-ambiguous': {
    severity: 'warning',
    message: 'Zone {zone} means different offsets in different countries; {count} times were taken as UTC.',
    help: 'State the zone of the server (for example Asia/Kolkata) when importing.',
  },
  'time/zone-unknown': {
    severity: 'warning',
    message: 'Zone {zone} is not known; {count} times were taken as UTC.',
    help: 'State the zone of the server when importing.',
  },
  'time/zone-invalid': {
    severity: 'error',
    message: 'The stated zone {zone} is neither an IANA name nor an offset such as +02:00; it was not used.',
    help: 'Give an IANA zone name (Europe/Berlin) or an offset.',
  },
  'time/fold': {
    severity: 'warning',
    message:
      '{count} local times happened twice, at the end of summer time: the first time, until the log steps back.',
    help: 'Order such records by session and running number, not by time. They carry extra.time_fold.',
  },
  'time/skipped': {
    severity: 'warning',
    message: '{count} local times do not exist in the stated zone (start of summer time).',
    help: 'The stated zone is probably not that of the server. They carry extra.time_skipped.',
  },
  'time/impossible': {
    severity: 'warning',
    message: '{count} time stamps are impossible, the first is {stamp}; these events have no time.',
    help: 'The text is kept in time_raw. A server does not write such stamps: the file was altered or damaged.',
  },
  'csvlog/not-a-record': {
    severity: 'warning',
    message: 'Not a csvlog record.',
    help: 'The line does not start with a time stamp, or its columns do not hold what a csvlog record holds.',
  },
  'csvlog/column-count': {
    severity: 'warning',
    message: 'The record has {columns} columns; csvlog has 23, 24 or 26.',
    help: 'The record was cut or altered, or the file comes from another tool.',
  },
  'csvlog/unterminated': {
    severity: 'warning',
    message: 'A quoted column is not closed: the record was cut.',
    help: 'Typical at the end of a file that was copied while the server wrote it. Only the first line is rejected; what follows is read and marked extra.recovered.',
  },
  'jsonlog/not-a-record': {
    severity: 'warning',
    message: 'Not a jsonlog record.',
    help: 'The line is no JSON object, or lacks the keys timestamp, pid and error_severity.',
  },
  'jsonlog/truncated': {
    severity: 'warning',
    message: 'The JSON object does not end: the record was cut.',
    help: 'Typical at the end of a file that was copied while the server wrote it.',
  },
  'jsonlog/duplicate-key': {
    severity: 'warning',
    message: '{count} records hold a key twice; the first value is used and the others are kept in extra.',
    help: 'PostgreSQL never writes a key twice: the file was altered or made by another tool.',
  },
  'stderr/no-prefix': {
    severity: 'warning',
    message: 'The line matches no known log_line_prefix.',
    help: 'State the log_line_prefix of the server. Lines of other programs in the same file also end up here.',
  },
  'stderr/prefix-unknown': {
    severity: 'error',
    message: 'No log_line_prefix could be recognised in this file.',
    help: 'State the log_line_prefix of the server (postgresql.conf), for example "%m [%p] ".',
  },
  'stderr/prefix-ambiguous': {
    severity: 'warning',
    message:
      '{count} lines can be split in more than one way, because a name holds text that looks like the prefix.',
    help: 'log_line_prefix is not escaped: names of users and applications can imitate it. They carry extra.prefix_ambiguous.',
  },
  'stderr/continuation-without-record': {
    severity: 'warning',
    message: 'A continuation line without its first line.',
    help: 'The file starts inside a record, or lines were removed before it.',
  },
  'stderr/continuation-trimmed': {
    severity: 'warning',
    message:
      '{count} lines without prefix follow statements, and no line of the file starts with a TAB: it seems to have been trimmed.',
    help: 'PostgreSQL puts a TAB before every further line of a statement, so that text in it can never pass for a record. A relay or an editor that trims lines takes this protection away: records of this file may be text that somebody wrote. Get the file as the server wrote it.',
  },
  'pgaudit/forgery-suspect': {
    severity: 'warning',
    message: '{count} records look like pgAudit records but may be invented ({why}).',
    help: 'RAISE LOG can imitate the text of an audit record. What has a context, a statement of its own or a wrong number of fields is not taken as one. An id that does not follow may also mean that records are missing: such a record stays an audit record. Both kinds carry extra.forgery_suspect.',
  },
  'server-audit/no-anchor': {
    severity: 'warning',
    message: 'Not a server_audit record.',
    help: 'The line does not hold time stamp, connection id, query id and a known operation in their places.',
  },
  'server-audit/truncated': {
    severity: 'warning',
    message: 'The record was cut before its end.',
    help: 'Typical at the end of a file that was copied while the server wrote it.',
  },
  'server-audit/ambiguous': {
    severity: 'warning',
    message:
      '{count} records can be split in more than one way, because a name holds text that looks like a record.',
    help: 'server_audit does not escape names. They carry extra.ambiguous_cut.',
  },
  'server-audit/query-cut': {
    severity: 'info',
    message: '{count} statements were cut by the server at server_audit_query_log_limit.',
    help: 'They carry the flag truncated; what stood behind the cut is not on record.',
  },
  'server-audit/user-uncertain': {
    severity: 'warning',
    message: '{count} queries ran after COM_CHANGE_USER and carry the name of the user before it.',
    help: 'server_audit does not record the new user of such a session in its queries. They carry extra.user_uncertain; table events of the same session name the new user.',
  },
} as const satisfies ProblemTable;

export type LogProblemCode = keyof typeof LOG_PROBLEMS;
