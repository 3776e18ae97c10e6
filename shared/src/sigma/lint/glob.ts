/** Whether a path with `/` fits a pattern: `*` and `?` within a folder, `**` through folders; a pattern without `/` fits at any depth. */
export function fitsGlob(pattern: string, path: string): boolean {
  const whole = pattern.includes('/') ? pattern.replace(/^\.?\//, '') : `**/${pattern}`;
  const folder = whole.endsWith('/') ? `${whole}**` : whole;
  const source = folder.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (sign) => {
    if (sign === '**/') return '(?:.*/)?';
    if (sign === '**') return '.*';
    if (sign === '*') return '[^/]*';
    return sign === '?' ? '[^/]' : `\\${sign}`;
  });
  return new RegExp(`^${source}$`, 's').test(path);
}
