declare const DBWITNESS_VERSION: string | undefined;
declare const DBWITNESS_LOCKFILE: string | undefined;

/** Version and commit of this build; the bundler fills them in. */
export const VERSION = typeof DBWITNESS_VERSION === 'string' ? DBWITNESS_VERSION : '0.1.0+source';

/** SHA-256 of the lock file that this build was made with; undefined when it runs from source. */
export const LOCKFILE_SHA256 = typeof DBWITNESS_LOCKFILE === 'string' ? DBWITNESS_LOCKFILE : undefined;
