import type { ContainerProblem, PackageReader } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { acceptEntries, STORED, type ZipRules } from '@dbwitness/shared/evidence/zip/accept-entries.ts';
import { crossCheck } from '@dbwitness/shared/evidence/zip/cross-check.ts';
import { missing } from '@dbwitness/shared/evidence/zip/missing.ts';
import { blobChunks } from './blob-chunks.ts';
import { readCentralDirectory } from './zip-central.ts';

const RULES: ZipRules = { methods: [STORED], fileBytes: 2 ** 40, totalBytes: 2 ** 42 };

/**
 * A package archive. Ours hold stored entries only (EVIDENCE §14), so nothing is ever unpacked here: an entry is a range
 * of the file. Everything that the archive says twice is compared first, because readers differ in which they believe.
 */
export async function openZip(file: Blob): Promise<PackageReader> {
  const problems: ContainerProblem[] = [];
  const directory = await readCentralDirectory(file);
  if (typeof directory === 'string') {
    problems.push({ id: 'zip/damaged', target: '', detail: directory });
    return { container: 'zip', entries: [], problems, open: missing };
  }
  if (directory.after > 0)
    problems.push({ id: 'zip/gap', target: '', detail: `${directory.after} bytes follow the archive` });
  const starts = await crossCheck(
    async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
    directory,
    problems,
  );
  const { entries, packed } = acceptEntries(directory.entries, RULES, problems);
  return {
    container: 'zip',
    entries,
    problems,
    open(path) {
      const entry = packed.get(path);
      const start = entry && starts.get(entry);
      if (entry === undefined || start === undefined) return missing(path);
      return blobChunks(file.slice(start, start + entry.size));
    },
  };
}
