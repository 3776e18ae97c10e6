import { basename, resolve, sep } from 'node:path';

/**
 * What picked files are called. Files of one folder go by their own names. Files of several folders, which are several
 * servers as a rule, keep as many folders before their names as tell the folders apart: the audit trail of each is named
 * after its folder, and two servers' trails never become one.
 */
export function named(files: readonly string[]): readonly { readonly path: string; readonly name: string }[] {
  const paths = files.map((file) => resolve(file));
  const folders = [...new Set(paths.map(folderOf))];
  if (folders.length < 2) return paths.map((path) => ({ path, name: basename(path) }));
  const longest = Math.max(...folders.map((folder) => folder.split(sep).length));
  let depth = 1;
  while (depth < longest && new Set(folders.map((folder) => tail(folder, depth))).size < folders.length)
    depth++;
  return paths.map((path) => ({ path, name: `${tail(folderOf(path), depth)}/${basename(path)}` }));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf(sep));
}

function tail(folder: string, depth: number): string {
  return folder.split(sep).filter(Boolean).slice(-depth).join('/');
}
