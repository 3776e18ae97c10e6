import type {
  AttackKnowledge,
  D3fendKnowledge,
  Knowledge,
  KnownLogSource,
  Replacement,
  TaxonomyKnowledge,
} from './lint-context.ts';

/** The texts of the files in `content/knowledge`, or of newer ones in the same form. */
export interface KnowledgeFiles {
  readonly attack: string;
  readonly d3fend: string;
  readonly taxonomy: string;
}

/** Reads the knowledge files. A file that is not of the form is refused with its name; what it lacks is empty. */
export function readKnowledge(files: KnowledgeFiles): Knowledge {
  return {
    attack: part('attack', files.attack, readAttack),
    d3fend: part('d3fend', files.d3fend, readD3fend),
    taxonomy: part('taxonomy', files.taxonomy, readTaxonomy),
  };
}

/** Thrown for a knowledge file that cannot be used: the person who put it there has to know. */
export class KnowledgeError extends Error {}

type Json = Readonly<Record<string, unknown>>;

function part<T>(name: string, text: string, read: (json: Json) => T): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new KnowledgeError(`The ${name} knowledge file is no JSON.`, { cause });
  }
  if (object(json).knowledge !== name)
    throw new KnowledgeError(`This is no ${name} knowledge file: "knowledge" should be "${name}".`);
  return read(object(json));
}

function readAttack(json: Json): AttackKnowledge {
  const names = table(json.names);
  const techniques = table(json.techniques);
  return {
    version: text(json.version),
    tactics: new Set(list(json.tactics)),
    techniques: mapped(techniques, list),
    names,
    others: new Set(list(json.others)),
    revoked: mapped(table(json.revoked), (id): Replacement => {
      return { id, name: names.get(id) ?? '', tactics: list(techniques.get(id)) };
    }),
  };
}

function readD3fend(json: Json): D3fendKnowledge {
  return {
    version: text(json.version),
    tactics: new Set(list(json.tactics)),
    techniques: new Set(list(json.techniques)),
    artefacts: new Set(list(json.artefacts)),
  };
}

function readTaxonomy(json: Json): TaxonomyKnowledge {
  const redundant = table(json.redundant);
  return {
    logsources: new Map(
      [...table(json.logsources)].map(([key, fields]): [string, KnownLogSource] => [
        key,
        { fields: new Set(list(fields)), redundant: new Set(list(redundant.get(key))) },
      ]),
    ),
    categoriesWithEventId: new Set(list(json.categoriesWithEventId)),
    providers: mapped(table(json.providers), list),
    prefixes: table(json.prefixes),
  };
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Names divided by blanks: how the files write lists. */
function list(value: unknown): readonly string[] {
  return text(value)
    .split(' ')
    .filter((name) => name !== '');
}

function table(value: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(object(value)).map(([key, known]) => [key, text(known)]));
}

function mapped<T>(from: ReadonlyMap<string, string>, make: (value: string) => T): ReadonlyMap<string, T> {
  return new Map([...from].map(([key, value]) => [key, make(value)]));
}
