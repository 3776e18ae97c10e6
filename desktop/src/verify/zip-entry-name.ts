import type { Entry } from 'yauzl';
import { nodePrimitives } from './node-host.ts';

/** Name of an entry as text; what is not UTF-8 reads as ISO-8859-1, which the path rules refuse. */
export function nameText({ fileNameRaw }: Entry): string {
  const { utf8, latin1 } = nodePrimitives.text;
  return utf8(fileNameRaw, 0, fileNameRaw.length) ?? latin1(fileNameRaw, 0, fileNameRaw.length);
}
