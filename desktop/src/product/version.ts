declare const DBWITNESS_VERSION: string | undefined;

/** Version and commit of this build; the bundler fills them in. */
export const VERSION = typeof DBWITNESS_VERSION === 'string' ? DBWITNESS_VERSION : '0.1.0+source';
