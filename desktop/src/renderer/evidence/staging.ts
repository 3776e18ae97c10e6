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
  /** Answers about where the file comes from, by the names of `SOURCE_FACTS`. */
  readonly facts: Readonly<Record<string, string>>;
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
    facts: {},
  };
}

/** The request's item: what was left empty is left to the engine. */
export function toImportItem(staged: Staged): ImportItem {
  const { file, format, zone, encoding, linePrefix, source, offsetMs, providerDigest } = staged;
  const facts = Object.fromEntries(
    Object.entries(staged.facts).flatMap(([name, answer]) => {
      const said = answer.trim();
      return said === '' ? [] : [[name, said]];
    }),
  );
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
