/** What an import accepts, in one table; a limit that is hit is named to the person, never silently applied. */
export const IMPORT_LIMITS = {
  /** Bytes of one read. A multiple of the block size of the tree. */
  chunkBytes: 1 << 20,
  /** Bytes at the head and in the middle of a file from which its format is recognised. */
  sampleBytes: 65_536,
  /** Bytes at the head where those show no format. */
  largeSampleBytes: 4 << 20,
  /** A compressed file may grow to this many times its size … */
  inflateRatio: 1_100,
  /** … and to this many bytes in all. */
  inflatedBytes: 64 * 1024 ** 3,
  /** Folders within folders. */
  folderDepth: 32,
  filesPerFolder: 100_000,
  /** Characters of distinct statement texts kept to recognise them again, before the store folds them. */
  statementChars: 24_000_000,
} as const;
