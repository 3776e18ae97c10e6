import type { ImportItem } from '../../host/evidence.ts';
import type { PickedFile } from '../../host/request.ts';

/** A file that waits to be taken in, with what the examiner said about it. All fields are as typed. */
export interface Staged {
  readonly file: PickedFile;
  readonly format: string;
  readonly zone: string;
  readonly encoding: '' | 'latin1' | 'cp1252';
  readonly linePrefix: string;
  readonly source: string;
  readonly offsetMs: string;
  readonly providerDigest: string;
  readonly receivedFrom: string;
  readonly receivedHow: string;
}

export function stage(file: PickedFile): Staged {
  return {
    file,
    format: '',
    zone: '',
    encoding: '',
    linePrefix: '',
    source: '',
    offsetMs: '',
    providerDigest: '',
    receivedFrom: '',
    receivedHow: '',
  };
}

/** The request's item: what was left empty is left to the engine. */
export function toImportItem(staged: Staged): ImportItem {
  const {
    file,
    format,
    zone,
    encoding,
    linePrefix,
    source,
    offsetMs,
    providerDigest,
    receivedFrom,
    receivedHow,
  } = staged;
  const facts: Record<string, string> = {};
  if (receivedFrom !== '') facts['Received from'] = receivedFrom;
  if (receivedHow !== '') facts['Received how and when'] = receivedHow;
  return {
    file: file.id,
    ...(format === '' ? {} : { format }),
    ...(zone === '' ? {} : { zone }),
    ...(encoding === '' ? {} : { encoding }),
    ...(linePrefix === '' ? {} : { linePrefix }),
    ...(source === '' ? {} : { source }),
    ...(/^-?\d+$/.test(offsetMs) ? { offsetMs: Number(offsetMs) } : {}),
    ...(providerDigest.trim() === '' ? {} : { providerDigest: providerDigest.trim() }),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
  };
}
