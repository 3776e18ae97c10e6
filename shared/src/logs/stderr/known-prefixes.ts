/**
 * Values of `log_line_prefix` in wide use, the most telling first (FORMATS.md 1): pgBadger's advice, RDS and Aurora,
 * Debian, the default, Cloud SQL, Azure; and the same with whole seconds.
 */
export const KNOWN_PREFIXES: readonly string[] = [
  '%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
  '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
  '%m [%p]: [%l-1] db=%d,user=%u,app=%a,client=%h ',
  '%t [%p]: [%l-1] db=%d,user=%u,app=%a,client=%h ',
  '%m [%p]: [%l-1] db=%d,user=%u ',
  '%t [%p]: [%l-1] user=%u,db=%d ',
  '%t:%r:%u@%d:[%p]:',
  '%m:%r:%u@%d:[%p]:',
  '%m [%p] %q%u@%d ',
  '%t [%p] %q%u@%d ',
  '%m-%c-',
  '%t-%c-',
  '%m [%p] ',
  '%t [%p] ',
  '%m [%p]: ',
  '%t [%p]: ',
];
