import type { LogSource } from '../rule.ts';

/** Microseconds between two times that a source can tell apart, where that is coarse and known. */
export function clockResolution({ category, product, service }: LogSource): number | undefined {
  const second = 1_000_000;
  // The MariaDB audit plugin stamps whole seconds (FORMATS), RFC 3164 syslog and the common log format too.
  if (category === 'database' && (product === 'mariadb' || service === 'server-audit')) return second;
  if (category === 'webserver' || category === 'proxy') return second;
  if (product === 'linux' && service !== undefined && SYSLOG.has(service)) return second;
  return undefined;
}

const SYSLOG: ReadonlySet<string> = new Set([
  'syslog',
  'auth',
  'cron',
  'sshd',
  'sudo',
  'vsftpd',
  'guacamole',
  'clamav',
]);
