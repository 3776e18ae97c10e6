/** What a package path must be (EVIDENCE §8): portable on every system, and never in need of escaping. */
const COMPONENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const DEVICE = /^(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9]|lpt[0-9])(\.|$)/i;
const MAX_PATH = 200;

/** What can be wrong with one path: `path/<kind>` of the verifier. */
export type PathProblem =
  | 'absolute'
  | 'backslash'
  | 'control'
  | 'drive'
  | 'home'
  | 'name'
  | 'nul'
  | 'parent'
  | 'reserved'
  | 'too-long'
  | 'unc';

/**
 * What is wrong with a package path, the worst first, or undefined when it is safe on every system.
 * `path` is text as found: a name that is not UTF-8 comes in as ISO-8859-1, which the name rule refuses.
 */
export function pathProblem(path: string): PathProblem | undefined {
  const components = path.split('/');
  if (path.includes('\0')) return 'nul';
  if (/[\u0001-\u001f\u007f-\u009f]/.test(path)) return 'control';
  if (/^([\\/]{2})/.test(path)) return 'unc';
  if (/^[A-Za-z]:/.test(path)) return 'drive';
  if (path.startsWith('/')) return 'absolute';
  if (path.split(/[\\/]/).includes('..')) return 'parent';
  if (path.includes('\\')) return 'backslash';
  if (path.startsWith('~')) return 'home';
  if (components.some((c) => DEVICE.test(c) || c.endsWith('.'))) return 'reserved';
  if (path.length > MAX_PATH || components.some((c) => c.length > 100)) return 'too-long';
  return components.every((c) => COMPONENT.test(c)) ? undefined : 'name';
}

/** What two names have in common when some file system takes them for one: case and Unicode form folded. */
export function pathTwinKey(path: string): string {
  return path.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/**
 * A safe component for an outside name: what is not allowed becomes `_`, and the extension is kept. The name itself is data
 * and stands in `item.json`.
 */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^[^A-Za-z0-9]+/, '');
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(plain)?.[0] ?? '';
  const short = plain.length > 100 ? plain.slice(0, 100 - extension.length) + extension : plain;
  const ended = short.replace(/\.{1,100}$/, '');
  if (ended === '') return 'file';
  return DEVICE.test(ended) ? `file-${ended}`.slice(0, 100) : ended;
}

/** Order of paths in manifests and archives: by byte. Package paths are ASCII, so by code unit is the same. */
export function byPath(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
