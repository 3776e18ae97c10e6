/** The last part of a file's path. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
