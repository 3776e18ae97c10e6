import type { ImportItem } from '../../host/evidence.ts';

/** An item of an import with the path that its opaque id stands for. */
export interface ImportRequest extends Omit<ImportItem, 'file'> {
  readonly file: string;
  readonly path: string;
  readonly name: string;
}
