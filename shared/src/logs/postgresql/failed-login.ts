/**
 * SQLSTATEs with which a FATAL message refuses a connection (FORMATS.md 4): wrong password, no pg_hba.conf entry or no
 * such role, no such database, too many clients, no CONNECT privilege, starting up or not accepting connections.
 */
const REFUSALS: ReadonlySet<string> = new Set([
  '28P01',
  '28000',
  '3D000',
  '53300',
  '42501',
  '57P03',
  '55000',
]);

/** For stderr without `%e`: the wording, in the languages seen on real servers. */
const WORDING =
  /authentication failed for user "|^no pg_hba\.conf entry for |^pg_hba\.conf rejects |^role "[^\n]*" (?:does not exist|is not permitted to log in)$|^database "[^\n]*" (?:does not exist|is not currently accepting connections)$|^permission denied for database |^(?:sorry, )?too many (?:clients|connections)|^remaining connection slots are reserved|^the database system is |authentification par .{1,60} échouée|^le rôle « .{1,200} » n'existe pas$|^la base de données « .{1,200} » n'existe pas$/;

/** True where a FATAL message says that somebody was not let in. */
export function isFailedLogin(sqlstate: string, message: string): boolean {
  return sqlstate === '' ? WORDING.test(message.slice(0, 1024)) : REFUSALS.has(sqlstate);
}

/** The user that a refusal names, for logs whose prefix leaves the user out. */
export function refusedUser(message: string): string | undefined {
  const match = /(?:for user|, user|^role) "([^\n]{1,128}?)"(?:$|,| does| is)/.exec(message.slice(0, 1024));
  return match?.[1];
}
